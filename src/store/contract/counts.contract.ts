import { expect, it } from 'vitest';
import { STATUSES, type Status } from '../../task/status.ts';
import type { Store } from '../ports.ts';
import type { ContractStore } from '../store.contract.ts';
import { endedTask, sampleTask, taskWrite } from './sample-records.ts';

export function countsContract({ store }: ContractStore): void {
  it('begins with nothing', async () => {
    expect(await store().tasks.counts()).toEqual(Object.fromEntries(STATUSES.map((status) => [status, 0])));
  });

  it('equals a real count after any moves, several of one task in one commit included', async () => {
    const random = pseudoRandom(7);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
    const tasks = Array.from({ length: 30 }, () => sampleTask());
    for (let round = 0; round < 60; round++) {
      const commits = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
        store().writer.commit(
          Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
            taskWrite({ ...pick(tasks), status: pick(STATUSES) }),
          ),
          'quick',
        ),
      );
      await Promise.all(commits);
    }
    const counts = await store().tasks.counts();
    expect(counts).toEqual(await counted(store()));
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBeGreaterThan(20);
  });

  it('counts the active tasks of each session', async () => {
    const tasks = ['sess_a', 'sess_a', 'sess_b', 'sess_c'].map((sessionId) => sampleTask({ sessionId }));
    await store().writer.commit(
      tasks.map((task) => taskWrite(task)),
      'quick',
    );
    await store().writer.commit(
      [taskWrite(endedTask(tasks[3]!)), taskWrite({ ...tasks[2]!, status: 'input_required' })],
      'quick',
    );
    expect(await store().tasks.activeBySession()).toEqual(
      new Map([
        ['sess_a', 2],
        ['sess_b', 1],
      ]),
    );
  });
}

async function counted(store: Store): Promise<Record<Status, number>> {
  const lists = STATUSES.map(async (status) => {
    const { tasks } = await store.tasks.list({ statuses: [status], limit: 200 });
    return [status, tasks.length] as const;
  });
  return Object.fromEntries(await Promise.all(lists)) as Record<Status, number>;
}

/** Numbers from 0 to 1, the same in each run. https://en.wikipedia.org/wiki/Lehmer_random_number_generator */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
