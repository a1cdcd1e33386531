import { beforeAll, expect, it } from 'vitest';
import type { Task } from '../../task/task.ts';
import type { TaskQuery, Unnumbered } from '../ports.ts';
import type { ContractStore } from '../store.contract.ts';
import { endedTask, sampleTask, taskWrite } from './sample-records.ts';

export function listContract({ store }: ContractStore): void {
  const tasks: Unnumbered<Task>[] = [];
  const ids = async (query: Omit<TaskQuery, 'limit'>, limit = 200) =>
    (await store().tasks.list({ ...query, limit })).tasks.map(({ id }) => id);
  /** What a query must find, worked out from the records. */
  const expected = (fits: (task: Unnumbered<Task>) => boolean) =>
    tasks
      .filter(fits)
      .map(({ id }) => id)
      .reverse();

  beforeAll(async () => {
    const statuses = ['working', 'completed', 'failed', 'input_required', 'lost', 'cancelled'] as const;
    for (let n = 0; n < 60; n++) {
      const task = sampleTask({
        title: `Task ${n}`,
        sessionId: `sess_${n % 4}`,
        source:
          n % 7 === 0
            ? { type: 'turn' }
            : { type: 'mcp', server: n % 2 ? 'files' : 'git', tool: n % 3 ? 'copy' : 'push' },
        ...(n % 5 === 0 ? { parentId: 'task_parent' } : {}),
      });
      const status = statuses[n % 6]!;
      tasks.push(
        status === 'working' || status === 'input_required'
          ? { ...task, status }
          : endedTask(task, status, n * 10),
      );
    }
    await store().writer.commit(
      tasks.map((task) => taskWrite({ ...task, status: 'working' })),
      'quick',
    );
    for (const task of tasks.toReversed()) await store().writer.commit([taskWrite(task)], 'quick');
  });

  it('lists the newest first, by creation and not by change', async () => {
    expect(await ids({})).toEqual(expected(() => true));
    expect(await ids({ statuses: [] })).toEqual(expected(() => true));
  });

  it('filters by every field, alone and together', async () => {
    expect(await ids({ statuses: ['failed'] })).toEqual(expected((t) => t.status === 'failed'));
    expect(await ids({ statuses: ['failed', 'working', 'failed'] })).toEqual(
      expected((t) => t.status === 'failed' || t.status === 'working'),
    );
    expect(await ids({ sessionId: 'sess_1' })).toEqual(expected((t) => t.sessionId === 'sess_1'));
    expect(await ids({ source: 'turn' })).toEqual(expected((t) => t.source.type === 'turn'));
    expect(await ids({ server: 'git' })).toEqual(expected((t) => t.source.server === 'git'));
    expect(await ids({ parentId: 'task_parent' })).toEqual(expected((t) => t.parentId !== undefined));
    expect(
      await ids({ server: 'git', sessionId: 'sess_2', source: 'mcp', statuses: ['failed', 'lost'] }),
    ).toEqual(
      expected(
        (t) =>
          t.source.server === 'git' &&
          t.sessionId === 'sess_2' &&
          (t.status === 'failed' || t.status === 'lost'),
      ),
    );
    expect(await ids({ server: 'nowhere' })).toEqual([]);
  });

  it('pages through everything once, while new tasks come in', async () => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store().tasks.list({ limit: 7, statuses: ['failed', 'completed'], cursor });
      found.push(...page.tasks.map(({ id }) => id));
      expect(page.tasks.length).toBeLessThanOrEqual(7);
      cursor = page.nextCursor;
      await store().writer.commit([taskWrite(endedTask(sampleTask({ title: 'Later' })))], 'quick');
    } while (cursor);
    expect(found).toEqual(expected((t) => t.status === 'failed' || t.status === 'completed'));
  });

  it('has no cursor after the last page, a full one included', async () => {
    const parents = expected((t) => t.parentId !== undefined);
    const page = await store().tasks.list({ parentId: 'task_parent', limit: parents.length });
    expect(page.tasks).toHaveLength(parents.length);
    expect(page.nextCursor).toBeUndefined();
  });

  it.each(['', 'x', 'dGFza3M6', 'dGFza3M6LTE=', 'c2Vzc2lvbnM6NQ', "' or 1=1 --", '😀'])(
    'refuses the cursor %j',
    async (cursor) => {
      await expect(store().tasks.list({ limit: 5, cursor })).rejects.toMatchObject({
        code: 'invalid_cursor',
      });
    },
  );

  it('gives the active tasks, oldest first', async () => {
    const active = (await store().tasks.active()).map(({ id }) => id);
    expect(active).toEqual(
      expected((t) => t.status === 'working' || t.status === 'input_required').reverse(),
    );
  });

  it('gives undelivered ends, oldest end first, until they are delivered', async () => {
    const waiting = tasks.filter((t) => t.endedAt).toSorted((a, b) => a.endedAt!.localeCompare(b.endedAt!));
    const some = await store().tasks.undelivered(3);
    expect(some.map(({ id }) => id)).toEqual(waiting.slice(0, 3).map(({ id }) => id));
    await store().writer.commit([taskWrite({ ...waiting[0]!, delivery: { state: 'delivered' } })], 'durable');
    expect((await store().tasks.undelivered(1))[0]!.id).toBe(waiting[1]!.id);
  });

  it('gives what a tool took in its completed runs, newest first', async () => {
    const runs = tasks.flatMap((t, n) =>
      t.status === 'completed' && t.source.server === 'files' && t.source.tool === 'copy' ? [n * 10] : [],
    );
    expect(runs.length).toBeGreaterThan(2);
    expect(await store().tasks.durations('files', 'copy', 100)).toEqual(runs.toReversed());
    expect(await store().tasks.durations('files', 'copy', 2)).toEqual(runs.toReversed().slice(0, 2));
    expect(await store().tasks.durations('files', 'unknown', 2)).toEqual([]);
  });
}
