import { beforeAll, expect, it } from 'vitest';
import type { Run } from '../../assignment/run.ts';
import { RUN_STATES } from '../../assignment/run-state.ts';
import { newId } from '../../base/ids.ts';
import type { RunQuery, Unnumbered } from '../ports.ts';
import type { ContractStore } from '../store.contract.ts';
import { at, atMs, runWrite, sampleRun } from './sample-assignments.ts';
import { sampleTask, taskWrite } from './sample-records.ts';

const ids = (records: readonly { readonly id: string }[]) => records.map(({ id }) => id);

export function runsContract({ store }: ContractStore): void {
  const put = (run: Unnumbered<Run>, conditions: Parameters<typeof runWrite>[1] = {}) =>
    store().writer.commit([runWrite(run, conditions)], 'durable');
  const runs: Unnumbered<Run>[] = [];
  /** What a query must find, worked out from the records. */
  const expected = (fits: (run: Unnumbered<Run>) => boolean) => ids(runs.filter(fits)).reverse();
  const find = async (query: Omit<RunQuery, 'limit'>) =>
    ids((await store().runs.list({ ...query, limit: 200 })).runs);

  beforeAll(async () => {
    for (let n = 0; n < 70; n++)
      runs.push(
        sampleRun({
          assignmentId: `asg_${n % 3}`,
          state: RUN_STATES[n % RUN_STATES.length]!,
          notBefore: at(100 - n),
          startedAt: at(0),
          endedAt: at(n),
        }),
      );
    await store().writer.commit(
      runs.map((run) => runWrite({ ...run, state: 'waiting' }, { isNew: true })),
      'quick',
    );
    for (const run of runs.toReversed()) await put(run, { expects: ['waiting'] });
  });

  it('lists the newest first, by creation, filtered by assignment and state', async () => {
    expect(await find({})).toEqual(expected(() => true));
    expect(await find({ states: [] })).toEqual(expected(() => true));
    expect(await find({ assignmentId: 'asg_1' })).toEqual(expected((r) => r.assignmentId === 'asg_1'));
    expect(await find({ states: ['failed', 'lost', 'failed'] })).toEqual(
      expected(({ state }) => state === 'failed' || state === 'lost'),
    );
    expect(await find({ assignmentId: 'asg_2', states: ['skipped'] })).toEqual(
      expected((r) => r.assignmentId === 'asg_2' && r.state === 'skipped'),
    );
    expect(await find({ assignmentId: 'asg_none' })).toEqual([]);
  });

  it.each([{}, { assignmentId: 'asg_1' }, { states: ['completed', 'running'] as const }])(
    'pages through everything once: %o',
    async (query) => {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store().runs.list({ ...query, limit: 4, cursor });
        expect(page.runs.length).toBeLessThanOrEqual(4);
        found.push(...ids(page.runs));
        cursor = page.nextCursor;
      } while (cursor);
      expect(found).toEqual(await find(query));
      await expect(store().runs.list({ ...query, limit: 4, cursor: 'dGFza3M6NQ' })).rejects.toMatchObject({
        code: 'invalid_cursor',
      });
    },
  );

  it('gives those that wait, the earliest first, and when the next may begin', async () => {
    const waiting = expected(({ state }) => state === 'waiting'); // made latest, to begin earliest
    expect(ids(await store().runs.waiting(atMs(100), 100))).toEqual(waiting);
    expect(ids(await store().runs.waiting(atMs(100), 2))).toEqual(waiting.slice(0, 2));
    const [earliest] = await store().runs.waiting(atMs(100), 1);
    const until = Date.parse(earliest!.notBefore);
    expect(ids(await store().runs.waiting(until, 5))).toEqual([earliest!.id]);
    expect(await store().runs.waiting(until - 1, 5)).toEqual([]);
    expect(await store().runs.nextWaitingAt()).toBe(until);
  });

  it('gives the active ones, oldest first, of one assignment or of all', async () => {
    const isActive = ({ state }: Unnumbered<Run>) => state === 'waiting' || state === 'running';
    expect(ids(await store().runs.active())).toEqual(expected(isActive).reverse());
    expect(ids(await store().runs.active('asg_0'))).toEqual(
      expected((r) => isActive(r) && r.assignmentId === 'asg_0').reverse(),
    );
    expect(await store().runs.active('asg_none')).toEqual([]);
  });

  it('gives how long the completed ones took, and the newest', async () => {
    const took = runs
      .filter((r) => r.state === 'completed' && r.assignmentId === 'asg_1')
      .map((r) => Date.parse(r.endedAt!) - Date.parse(r.startedAt!))
      .reverse();
    expect(took.length).toBeGreaterThan(2);
    expect(await store().runs.durations('asg_1', 100)).toEqual(took);
    expect(await store().runs.durations('asg_1', 2)).toEqual(took.slice(0, 2));
    expect(await store().runs.durations('asg_none', 2)).toEqual([]);
    expect((await store().runs.latest('asg_1'))?.id).toBe(expected((r) => r.assignmentId === 'asg_1')[0]);
    expect(await store().runs.latest('asg_none')).toBeUndefined();
  });

  it('keeps a run whole, and tells readers', async () => {
    const run = sampleRun({
      assignmentId: 'asg_whole',
      key: `\u0000 \ud800 ${'k'.repeat(10_000)}`,
      cause: { type: 'event', events: [{ id: 'e', type: 't', at: at(0), data: { text: '\u0000😀' } }] },
    });
    const [change] = await put(run, { isNew: true });
    expect(change).toEqual({ seq: change!.seq, type: 'run', run: { ...run, seq: change!.seq } });
    expect(await store().runs.get(run.id)).toEqual({ ...run, seq: change!.seq });
    expect(await store().changes.since(change!.seq - 1, 10)).toEqual([change]);
    expect(await store().runs.get('run_unknown')).toBeUndefined();
  });

  it('has one run for each key of an assignment, and nothing of a commit that would make a second', async () => {
    const run = sampleRun({ assignmentId: 'asg_key' });
    await put(run, { isNew: true });
    const task = sampleTask();
    for (const second of [sampleRun({ assignmentId: 'asg_key', key: run.key }), run]) {
      const refused = store().writer.commit([taskWrite(task), runWrite(second, { isNew: true })], 'durable');
      await expect(refused).rejects.toMatchObject({ code: 'run_exists' });
    }
    expect(await store().tasks.get(task.id)).toBeUndefined();
    expect(await find({ assignmentId: 'asg_key' })).toEqual([run.id]);
    await put({ ...run, state: 'running' });
    await put(sampleRun({ assignmentId: 'asg_other', key: run.key }), { isNew: true });
  });

  it('makes one of many that come at once, whatever else goes with them', async () => {
    const key = newId('evt');
    const other = sampleTask();
    const outcomes = await Promise.allSettled([
      store().writer.commit([taskWrite(sampleTask())], 'quick'),
      ...Array.from({ length: 5 }, () => put(sampleRun({ assignmentId: 'asg_once', key }), { isNew: true })),
      store().writer.commit([taskWrite(other)], 'quick'),
    ]);
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([
      ...[true, true, false, false, false, false, true],
    ]);
    expect(await store().tasks.get(other.id)).toBeDefined();
  });

  it('writes a run only from the states it expects', async () => {
    const run = sampleRun({ assignmentId: 'asg_expects' });
    await expect(put({ ...run, state: 'running' }, { expects: ['waiting'] })).rejects.toMatchObject({
      code: 'run_taken',
    });
    await put(run, { isNew: true });
    await put({ ...run, state: 'running' }, { expects: ['waiting', 'lost'] });
    await expect(put({ ...run, state: 'cancelled' }, { expects: ['waiting'] })).rejects.toMatchObject({
      code: 'run_taken',
      detail: `The run ${run.id} is running, not waiting.`,
    });
    expect((await store().runs.get(run.id))?.state).toBe('running');
  });

  it('follows the state through several writes of one run in one commit', async () => {
    const run = sampleRun({ assignmentId: 'asg_steps' });
    await store().writer.commit(
      [
        runWrite(run, { isNew: true }),
        runWrite({ ...run, state: 'running' }, { expects: ['waiting'] }),
        runWrite({ ...run, state: 'completed' }, { expects: ['running'] }),
      ],
      'durable',
    );
    expect((await store().runs.get(run.id))?.state).toBe('completed');
    const again = [
      runWrite({ ...run, state: 'lost' }),
      runWrite({ ...run, state: 'failed' }, { expects: ['completed'] }),
    ];
    await expect(store().writer.commit(again, 'durable')).rejects.toMatchObject({ code: 'run_taken' });
    expect((await store().runs.get(run.id))?.state).toBe('completed');
  });
}
