import { expect, it } from 'vitest';
import type { AssignmentState, Trigger } from '../../assignment/assignment.ts';
import type { AssignmentQuery, Write } from '../ports.ts';
import type { ContractStore } from '../store.contract.ts';
import { assignmentWrite, at, atMs, runWrite, sampleAssignment, sampleRun } from './sample-assignments.ts';

const SOURCES = {
  resource: { kind: 'resource', server: 'files', uri: 'file:///photos' },
  list: { kind: 'list', server: 'files', list: 'tools' },
  hook: { kind: 'hook', signed: false },
  task: { kind: 'task', statuses: ['failed'] },
} as const;

const on = (kind: keyof typeof SOURCES): Trigger => ({ type: 'event', source: SOURCES[kind] });
const ids = (records: readonly { readonly id: string }[]) => records.map(({ id }) => id);

export function assignmentsContract({ store }: ContractStore): void {
  const write = async (...all: ReturnType<typeof sampleAssignment>[]) => {
    await store().writer.commit(
      all.map((assignment) => assignmentWrite(assignment)),
      'durable',
    );
    return all;
  };
  const find = async (query: Omit<AssignmentQuery, 'limit'>) =>
    ids((await store().assignments.list({ ...query, limit: 200 })).assignments);

  it('keeps an assignment whole, replaces it by its id, and tells readers', async () => {
    const heard: unknown[] = [];
    const undo = store().writer.onCommit((changes) => heard.push(...changes));
    const assignment = sampleAssignment({ title: `日本 \u0000 \ud800 '; drop table runs; --` });
    await write({ ...assignment, nextDueAt: at(1) });
    const [change] = await store().writer.commit([assignmentWrite(assignment)], 'quick');
    undo();
    expect(change).toEqual({
      seq: change!.seq,
      type: 'assignment',
      assignment: { ...assignment, seq: change!.seq },
    });
    expect(await store().assignments.get(assignment.id)).toEqual({ ...assignment, seq: change!.seq });
    expect(heard).toContainEqual(change);
    expect(await store().changes.since(change!.seq - 1, 10)).toEqual([change]);
    expect(await store().assignments.get('asg_unknown')).toBeUndefined();
  });

  it('refuses what was made of a state that somebody has changed meanwhile, and all that is written with it', async () => {
    const assignment = sampleAssignment();
    const [first] = await store().writer.commit([assignmentWrite(assignment)], 'durable');
    const write = { ...assignmentWrite({ ...assignment, title: 'Second' }), expectsSeq: first!.seq } as Write;
    const [second] = await store().writer.commit([write], 'durable');
    const run = sampleRun({ assignmentId: assignment.id });
    await expect(
      store().writer.commit([write, runWrite(run, { isNew: true })], 'durable'),
    ).rejects.toMatchObject({ code: 'assignment_changed' });
    expect(await store().assignments.get(assignment.id)).toMatchObject({ title: 'Second', seq: second!.seq });
    expect(await store().runs.get(run.id)).toBeUndefined();
    // Within one commit each write follows the one before it.
    const again = { ...write, expectsSeq: second!.seq } as Write;
    await store().writer.commit([again, again], 'durable');
  });

  it('lists the newest first, by creation and not by change; removed ones when asked for', async () => {
    const states: AssignmentState[] = ['on', 'paused', 'disabled', 'done', 'removed'];
    const all = await write(...states.map((state) => sampleAssignment({ state, title: `Kumquat ${state}` })));
    await write({ ...all[0]!, updatedAt: at(5) });
    const expected = (...wanted: AssignmentState[]) =>
      ids(all.filter(({ state }) => wanted.includes(state))).reverse();
    const words = 'kumquat';
    expect(await find({ words })).toEqual(expected('on', 'paused', 'disabled', 'done'));
    expect(await find({ words, states: [] })).toEqual(expected('on', 'paused', 'disabled', 'done'));
    expect(await find({ words, states: ['removed'] })).toEqual(expected('removed'));
    expect(await find({ words, states: ['done', 'on', 'done'] })).toEqual(expected('on', 'done'));
    expect((await find({})).slice(0, 4)).toEqual(expected('on', 'paused', 'disabled', 'done'));
  });

  it('pages through all of them once, and refuses a cursor of another list', async () => {
    const all = await write(...Array.from({ length: 7 }, (_, n) => sampleAssignment({ title: `Fig ${n}` })));
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store().assignments.list({ words: 'fig', limit: 3, cursor });
      expect(page.assignments.length).toBeLessThanOrEqual(3);
      found.push(...ids(page.assignments));
      cursor = page.nextCursor;
      await write(sampleAssignment({ title: 'Fig, later' }));
    } while (cursor);
    expect(found).toEqual(ids(all).reverse());
    const { nextCursor } = await store().assignments.list({ limit: 1 });
    await expect(store().runs.list({ limit: 1, cursor: nextCursor })).rejects.toMatchObject({
      code: 'invalid_cursor',
    });
  });

  it('finds words of title, trigger and work, by their beginnings', async () => {
    const [timer] = await write(
      sampleAssignment({
        title: 'Zürich 100% _backup_',
        trigger: {
          type: 'timer',
          schedule: { kind: 'once', at: at(0) },
          text: 'montags',
          words: 'Every Monday',
        },
        work: { type: 'text', text: 'Summarise the papaya' },
      }),
    );
    const [event] = await write(
      sampleAssignment({
        title: 'Watcher',
        trigger: {
          type: 'event',
          source: { kind: 'resource', server: 'lychee', uri: 'file:///guava' },
          filters: [{ path: 'path', op: 'glob', value: '*.durian' }],
        },
        work: { type: 'calls', calls: [{ server: 's', tool: 'wash', arguments: { what: 'papaya' } }] },
      }),
    );
    for (const words of ['ZURICH', 'zur', 'monta', 'monday every', 'summarise papaya'])
      expect(await find({ words })).toEqual([timer!.id]);
    for (const words of ['lychee', 'guava', 'durian', 'wash pap'])
      expect(await find({ words })).toEqual([event!.id]);
    expect(await find({ words: 'papaya' })).toEqual([event!.id, timer!.id]);
    expect(await find({ words: 'papaya', states: ['paused'] })).toEqual([]);
    expect(await find({ words: 'urich' })).toEqual([]);
    expect(await find({ words: 'papaya kiwi' })).toEqual([]);
    for (const words of ['%', '_', '***']) expect(await find({ words })).toEqual([]);
  });

  it('knows what is due, the earliest first, and when the next is', async () => {
    const before = atMs(-1_000);
    const [late, early, paused] = await write(
      sampleAssignment({ nextDueAt: at(-1_001) }),
      sampleAssignment({ nextDueAt: at(-1_005) }),
      sampleAssignment({ nextDueAt: at(-1_009), state: 'paused' }),
    );
    await write(sampleAssignment({ nextDueAt: at(-999) }), sampleAssignment());
    expect(ids(await store().assignments.due(before, 10))).toEqual([early!.id, late!.id]);
    expect(ids(await store().assignments.due(before, 1))).toEqual([early!.id]);
    expect(ids(await store().assignments.due(atMs(-1_005), 10))).toEqual([early!.id]);
    expect(ids(await store().assignments.due(atMs(-1_005) - 1, 10))).toEqual([]);
    expect(await store().assignments.nextDueAt()).toBe(atMs(-1_005));
    await write({ ...early!, nextDueAt: at(1) }, { ...late!, state: 'done' }, { ...paused!, state: 'on' });
    expect(await store().assignments.nextDueAt()).toBe(atMs(-1_009));
  });

  it('has nothing due where nothing is', async () => {
    const { assignments } = await store().assignments.list({ limit: 200 });
    await write(...assignments.map((each) => ({ ...each, state: 'paused' as const })));
    expect(await store().assignments.nextDueAt()).toBeUndefined();
    expect(await store().assignments.due(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
  });

  it('knows who listens to a kind of event while they are on', async () => {
    const kinds = ['resource', 'list', 'hook', 'task'] as const;
    const all = await write(...kinds.map((kind) => sampleAssignment({ trigger: on(kind) })));
    await write(sampleAssignment({ trigger: on('hook'), state: 'disabled' }));
    for (const [index, kind] of kinds.entries())
      expect(ids(await store().assignments.listening(kind))).toEqual([all[index]!.id]);
    await write({ ...all[0]!, trigger: on('task') }, { ...all[2]!, state: 'paused' });
    expect(ids(await store().assignments.listening('task'))).toEqual([all[0]!.id, all[3]!.id]);
    expect(await store().assignments.listening('hook')).toEqual([]);
    expect(await store().assignments.listening('resource')).toEqual([]);
  });

  it('knows those of a session', async () => {
    const sessionId = 'sess_mine';
    const all = await write(
      sampleAssignment({ sessionId }),
      sampleAssignment({ sessionId, state: 'removed' }),
      sampleAssignment({ sessionId, state: 'done' }),
      sampleAssignment({ sessionId: 'sess_other' }),
    );
    expect(ids(await store().assignments.ofSession(sessionId))).toEqual([all[0]!.id, all[2]!.id]);
  });

  it('keeps the hash of a hook beside it, replaces it, and takes it away', async () => {
    const assignment = sampleAssignment({ trigger: on('hook'), hookHint: '…1234' });
    const commit = (hash?: string | null, more = {}) =>
      store().writer.commit([assignmentWrite({ ...assignment, ...more }, hash)], 'durable');
    await commit('hash-one');
    await commit(undefined, { state: 'paused' });
    const [change] = await commit();
    const kept = await store().assignments.byHook('hash-one');
    expect(kept).toEqual({ ...assignment, seq: change!.seq });
    expect(JSON.stringify([change, kept])).not.toContain('hash-one');
    await commit('hash-two');
    expect(await store().assignments.byHook('hash-one')).toBeUndefined();
    expect((await store().assignments.byHook('hash-two'))?.id).toBe(assignment.id);

    await commit(undefined, { state: 'removed' });
    expect(await store().assignments.byHook('hash-two')).toBeUndefined();
    await commit(); // taken back, with its hook
    expect((await store().assignments.byHook('hash-two'))?.id).toBe(assignment.id);

    const other = sampleAssignment({ trigger: on('hook') });
    await expect(
      store().writer.commit([assignmentWrite(other, 'hash-two')], 'durable'),
    ).rejects.toMatchObject({ code: 'store_failed' });
    expect(await store().assignments.get(other.id)).toBeUndefined();
    await store().writer.commit(
      [assignmentWrite(other, 'hash-two'), assignmentWrite(assignment, null)],
      'durable',
    );
    expect((await store().assignments.byHook('hash-two'))?.id).toBe(other.id);
  });
}
