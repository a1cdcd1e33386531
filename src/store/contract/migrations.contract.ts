import { afterEach, beforeEach, expect, it } from 'vitest';
import { compiled } from '../compiled.ts';
import { type Database, rows } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { toDoc } from '../doc.ts';
import { migrate } from '../migrate.ts';
import { MIGRATIONS } from '../migrations/all.ts';
import { searchWords } from '../search-words.ts';
import { createCounters } from '../write/counters.ts';
import { taskRow } from '../write/task-row.ts';
import type { Place } from './place.ts';
import { assignmentWrite, runWrite, sampleAssignment, sampleEvent, sampleRun } from './sample-assignments.ts';
import { sampleSession, sampleTask } from './sample-records.ts';

/** Since this version a task is indexed as it is written. */
const SEARCHED_FROM = 2;

const HANDLE = { kind: 'v2', taskId: 'a' } as const;

/** A place, and a way into it below the store. */
export interface RawPlace {
  readonly place: Place;
  readonly dialect: Dialect;
  connect(): Promise<Database>;
}

export function migrationsContract(newPlace: () => Promise<RawPlace>): void {
  let raw: RawPlace;
  beforeEach(async () => {
    raw = await newPlace();
  });
  afterEach(() => raw.place.remove());

  const change = async (work: (database: Database) => Promise<unknown>) => {
    const database = await raw.connect();
    await work(database);
    await database.close();
  };

  it('are numbered without gaps', () => {
    expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, index) => index + 1));
  });

  it.each(MIGRATIONS.slice(0, -1))('lead on from version $number with what is in it', async ({ number }) => {
    const task = sampleTask({ title: 'From an older version' });
    await change(async (database) => {
      await migrate(database, raw.dialect, number);
      const { queries } = raw.dialect;
      const row = queries.insertInto('tasks').values(taskRow({ ...task, seq: 1 }, 1));
      await database.write('durable', rows(compiled(row)));
      const words = [{ num: 1, words: searchWords(task) }];
      if (number >= SEARCHED_FROM)
        for (const statement of raw.dialect.search.put(words))
          await database.write('durable', rows(statement));
    });
    const store = await raw.place.open();
    expect(await store.tasks.get(task.id)).toEqual({ ...task, seq: 1 });
    expect((await store.tasks.list({ words: 'older', limit: 5 })).tasks).toHaveLength(1);
    await store.close();
  });

  it('make room for assignments in a database that has been worked with', async () => {
    const task = sampleTask();
    const session = sampleSession();
    await change(async (database) => {
      await migrate(database, raw.dialect, 3);
      const counters = createCounters(raw.dialect);
      const { queries } = raw.dialect;
      await database.write(
        'durable',
        (function* () {
          yield* counters.take(2);
          const { id, kind } = session;
          const row = { id, kind, seq: 1, deleted: 0 as const, doc: toDoc({ ...session, seq: 1 }) };
          yield* rows(compiled(queries.insertInto('sessions').values(row as never)));
          yield* rows(compiled(queries.insertInto('tasks').values(taskRow({ ...task, seq: 2 }, 2))));
          const handle = { task_num: 2, doc: JSON.stringify(HANDLE) };
          yield* rows(compiled(queries.insertInto('task_handles').values(handle)));
          yield* counters.add('tasks.working', 1);
        })(),
      );
    });
    const store = await raw.place.open();
    const event = sampleEvent();
    const { inboxId } = await store.inbox.accept('asg_1', event);
    const writes = [assignmentWrite(sampleAssignment()), runWrite(sampleRun(), { takes: [inboxId] })];
    const changes = await store.writer.commit(writes, 'durable');
    await store.close();

    const again = await raw.place.open();
    expect(await again.changes.since(0, 10)).toEqual([
      { seq: 1, type: 'session', session: { ...session, seq: 1 } },
      { seq: 2, type: 'task', task: { ...task, seq: 2 } },
      ...changes,
    ]);
    expect(await again.tasks.handles()).toMatchObject([{ handle: HANDLE }]);
    expect((await again.tasks.counts()).working).toBe(1);
    expect(await again.inbox.pending('asg_1', 1)).toEqual([]);
    expect(await again.inbox.accept('asg_1', event)).toEqual({ inboxId, isNew: false });
    await again.close();
  });

  it('are not run again', async () => {
    await (await raw.place.open()).close();
    const noted = raw.dialect.queries.selectFrom('meanwhile_migrations').select(['number', 'applied_at']);
    let before: unknown;
    await change(async (database) => {
      before = await database.read(rows(compiled(noted)));
    });
    await (await raw.place.open()).close();
    await change(async (database) => expect(await database.read(rows(compiled(noted)))).toEqual(before));
    expect(before).toHaveLength(MIGRATIONS.length);
  });

  it('leave a failing one undone and run it at the next start', async () => {
    await change(async (database) => {
      await migrate(database, raw.dialect, 1);
      const inTheWay = raw.dialect.queries.schema.createTable('task_search').addColumn('x', 'text');
      await database.write('durable', rows(compiled(inTheWay)));
    });
    await expect(raw.place.open()).rejects.toMatchObject({ code: 'store_failed' });
    await change(async (database) => {
      await database.write('durable', rows(compiled(raw.dialect.queries.schema.dropTable('task_search'))));
    });
    await (await raw.place.open()).close();
  });

  it('refuse a database from a newer version and leave it as it is', async () => {
    const number = MIGRATIONS.length + 1;
    await (await raw.place.open()).close();
    await change(async (database) => {
      const note = { number, name: 'from the future', applied_at: '2030-01-01T00:00:00.000Z' };
      const newer = raw.dialect.queries.insertInto('meanwhile_migrations').values(note);
      await database.write('durable', rows(compiled(newer)));
    });
    await expect(raw.place.open()).rejects.toMatchObject({
      code: 'store_newer',
      detail: expect.stringMatching(new RegExp(`version ${number}.*up to ${MIGRATIONS.length}`)),
    });
  });
}
