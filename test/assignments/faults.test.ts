import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import { newId } from '../../src/base/ids.ts';
import type { StepOutcome } from '../../src/sources/assignment-directory.ts';
import { type Engine, engine, tempFolder } from '../../src/sources/assignments/test/engine.ts';

/* What goes wrong beside the calls themselves: people who change their minds, disks, and stops at a bad moment. */

const HOUR = 3_600_000;
const isoNow = ({ clock }: Engine) => new Date(clock.now()).toISOString();

/** Lets what has been set going take its turns, until it is so. */
async function until({ clock }: Engine, condition: () => unknown) {
  while (!(await condition())) {
    clock.advance(0);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The next commit that fits fails, as on a full disk. */
function failOnce({ store }: Engine, fits: (writes: string) => boolean): { readonly failed: () => boolean } {
  const { writer } = store as { writer: { commit: typeof store.writer.commit } };
  const { commit } = writer;
  let failed = false;
  writer.commit = (writes, durability) => {
    if (failed || !fits(JSON.stringify(writes))) return commit(writes, durability);
    failed = true;
    return Promise.reject(new AppError('store_full', 'There is no space left.'));
  };
  return { failed: () => failed };
}

describe('the chat of an assignment', () => {
  test('that was deleted is replaced by a new one', async () => {
    const at = await engine();
    const { id, sessionId } = await at.make();
    const session = await at.store.sessions.get(sessionId);
    await at.store.writer.commit(
      [{ type: 'session', session: { ...session!, deletedAt: isoNow(at) } }],
      'durable',
    );
    await at.advance(HOUR);
    const assignment = await at.store.assignments.get(id);
    expect(assignment?.sessionId).not.toBe(sessionId);
    const [run] = await at.runs(id);
    expect(run).toMatchObject({ state: 'completed' });
    expect(await at.store.tasks.get(run!.taskId!)).toMatchObject({ sessionId: assignment?.sessionId });
    expect(at.sent[0]?.sessionId).toBe(assignment?.sessionId);
  });
});

describe('a run that waits', () => {
  const held = () => {
    const ends: ((outcome: StepOutcome) => void)[] = [];
    return { ends, answer: () => new Promise<StepOutcome>((resolve) => ends.push(resolve)) };
  };

  test.each([
    ['paused', (at: Engine, id: string) => at.assignments.change(id, { state: 'paused' })],
    ['deleted', (at: Engine, id: string) => at.assignments.remove(id)],
  ])('behind the limit is skipped when its assignment is %s, and says so', async (word, callOff) => {
    const { ends, answer } = held();
    const at = await engine({ answer, limit: 1 });
    await at.make();
    const { id } = await at.make({ title: 'Second' });
    at.clock.advance(HOUR);
    await until(at, async () => ends.length === 1 && (await at.store.runs.active()).length === 2);
    const waiting = (await at.store.runs.active()).find(({ state }) => state === 'waiting');
    await callOff(at, waiting!.assignmentId);
    ends.shift()?.({ state: 'completed' });
    await at.rest();
    expect(await at.store.runs.get(waiting!.id)).toMatchObject({
      state: 'skipped',
      skipReason: 'paused',
      note: `It was ${word} before this could begin.`,
    });
    expect(at.sent).toHaveLength(1);
    expect(id).toBeDefined();
  });

  test('for its next try is cancelled, and its task with it', async () => {
    const at = await engine({ answer: async () => ({ state: 'failed' }), isSafe: true });
    const { id } = await at.make({ rules: { retries: 3 } });
    await at.advance(HOUR);
    const [run] = await at.runs(id);
    expect(run).toMatchObject({ state: 'waiting', attempt: 2 });
    await at.assignments.cancel(run!.taskId!, { by: 'test', force: false });
    expect(await at.store.runs.get(run!.id)).toMatchObject({ state: 'cancelled' });
    expect(await at.store.tasks.get(run!.taskId!)).toMatchObject({ status: 'cancelled' });
    expect(await at.store.assignments.get(id)).toMatchObject({ lastRun: { state: 'cancelled' } });
    await at.advance(10 * 60_000);
    expect(at.sent).toHaveLength(1);
  });
});

test.each([
  ['it was to begin', '"state":"running"'],
  ['its second step was to be kept', '"state":"completed","callId"'],
])('a full disk where %s: the run is taken up again, and each call is made once', async (_when, text) => {
  const at = await engine();
  const call = (tool: string) => ({ server: 's', tool, arguments: {} });
  const { id } = await at.make({ work: { type: 'calls', calls: [call('a'), call('b')] } });
  const { failed } = failOnce(at, (writes) => writes.includes(text));
  at.clock.advance(HOUR);
  await until(at, failed);
  await until(at, async () => {
    at.clock.advance(1_000);
    return (await at.runs(id))[0]?.endedAt !== undefined;
  });
  expect(await at.runs(id)).toMatchObject([{ state: 'completed' }]);
  expect(at.sent.map(({ tool }) => tool)).toEqual(['a', 'b']);
});

test('what was filled in is not looked through again when it is tried again', async () => {
  const told = '{{assignment.title}}';
  const at = await engine({
    isSafe: true,
    answer: async ({ tool }) =>
      tool === 'read'
        ? { state: 'completed', content: JSON.stringify({ content: [{ type: 'text', text: told }] }) }
        : { state: 'failed', failure: 'not now' },
  });
  const { id } = await at.make({
    rules: { retries: 2 },
    work: {
      type: 'calls',
      calls: [
        { server: 's', tool: 'read', arguments: {} },
        { server: 's', tool: 'write', arguments: { text: '{{steps.0.text}}' } },
      ],
    },
  });
  await at.advance(HOUR);
  for (let minute = 0; minute < 4; minute++) await at.advance(60_000);
  expect((await at.runs(id))[0]).toMatchObject({ state: 'failed', attempt: 3 });
  expect(at.sent.filter(({ tool }) => tool === 'write').map(({ arguments: { text } }) => text)).toEqual([
    told,
    told,
    told,
  ]);
  expect(at.sent.filter(({ tool }) => tool === 'read')).toHaveLength(1);
});

test('nor when it is tried again by the next start', async () => {
  const folder = tempFolder();
  const first = await engine({ folder, answer: () => new Promise(() => {}) });
  const { id } = await first.make({
    rules: { retries: 1 },
    title: '{{run.id}}',
    work: {
      type: 'calls',
      calls: [{ server: 's', tool: 'write', arguments: { text: '{{assignment.title}}' } }],
    },
  });
  first.clock.advance(HOUR);
  await until(first, () => first.sent.length === 1);
  await first.close();
  const answer = async () => ({ state: 'failed' as const });
  const second = await engine({ folder, answer, isSafe: true, startMs: first.clock.now() });
  await second.rest();
  await second.advance(60_000);
  expect((await second.runs(id))[0]).toMatchObject({ state: 'failed', attempt: 2 });
  expect(second.sent.map(({ arguments: { text } }) => text)).toEqual(['{{run.id}}', '{{run.id}}']);
});

describe('a stop', () => {
  test('that waits begins no run; it begins when that is taken back, or after the next start', async () => {
    const folder = tempFolder();
    let stops = true;
    const first = await engine({ folder, mayBegin: () => !stops });
    const { id } = await first.make();
    first.clock.advance(HOUR);
    await until(first, async () => (await first.runs(id)).length === 1);
    stops = false;
    first.assignments.offerAgain();
    await first.rest();
    stops = true;
    first.clock.advance(HOUR);
    await until(first, async () => (await first.runs(id)).length === 2);
    await first.close();
    expect(first.sent).toHaveLength(1);
    const second = await engine({ folder, startMs: first.clock.now() });
    await second.rest();
    expect(second.sent).toHaveLength(1);
    expect((await second.runs(id)).map(({ state }) => state)).toEqual(['completed', 'completed']);
  });

  test('at any moment of a firing settles at once, and the next start goes on', async () => {
    // Some turns of the event loop later each time, so that it comes between all the steps.
    for (let turns = 0; turns < 16; turns++) {
      const folder = tempFolder();
      const first = await engine({ folder, answer: () => new Promise(() => {}) });
      const { id } = await first.make();
      first.clock.advance(HOUR);
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      await first.close();
      const second = await engine({ folder, world: new Map(), startMs: first.clock.now() });
      await second.rest();
      expect(await second.runs(id), `${turns} turns`).toMatchObject([{ state: 'completed' }]);
      expect(second.sent).toHaveLength(1);
      expect(await second.store.tasks.active()).toEqual([]);
      await second.close();
    }
  });

  test('of a run that somebody has asked to stop meanwhile ends it, and nothing more is sent', async () => {
    const folder = tempFolder();
    const first = await engine({ folder, answer: () => new Promise(() => {}) });
    const { id } = await first.make();
    first.clock.advance(HOUR);
    await until(first, () => first.sent.length === 1);
    const [run] = await first.runs(id);
    await first.tracker.note({ type: 'cancel_requested', taskId: run!.taskId!, by: 'test' });
    await first.close();
    const second = await engine({ folder, world: new Map(), startMs: first.clock.now() });
    await second.rest();
    expect(second.sent).toEqual([]);
    expect(await second.runs(id)).toMatchObject([{ state: 'cancelled', steps: [{ state: 'cancelled' }] }]);
    expect(await second.store.tasks.get(run!.taskId!)).toMatchObject({ status: 'cancelled' });
  });
});

describe('ends of tasks', () => {
  const trigger = { type: 'event', source: { kind: 'task', statuses: ['failed'] } } as const;
  const begin = async (at: Engine): Promise<string> => {
    const id = newId('task');
    const source = { type: 'mcp' as const, server: 's', tool: 't' };
    await at.tracker.note({
      type: 'started',
      task: { id, title: 'Work', source, cancel: { support: 'none' }, startedAt: isoNow(at) },
    });
    return id;
  };
  const fail = (at: Pick<Engine, 'tracker'>, taskId: string) =>
    at.tracker.note({
      type: 'ended',
      taskId,
      ending: { status: 'failed', failure: { reason: 'tool_error', message: 'no' } },
    });

  test('while it is paused are no news, after a restart neither', async () => {
    const folder = tempFolder();
    const first = await engine({ folder });
    const { id } = await first.make({ trigger });
    await fail(first, await begin(first));
    await first.rest();
    expect(await first.runs(id)).toHaveLength(1);
    await first.assignments.change(id, { state: 'paused' });
    await fail(first, await begin(first));
    await first.assignments.change(id, { state: 'on' });
    await first.rest();
    await first.close();
    const second = await engine({ folder, startMs: first.clock.now() });
    await second.rest();
    expect(await second.runs(id)).toHaveLength(1);
    await fail(second, await begin(second));
    await until(second, async () => (await second.runs(id)).length === 2);
    await second.rest();
  });

  test('that came while nobody was there are heard of', async () => {
    const folder = tempFolder();
    const first = await engine({ folder });
    const taskId = await begin(first);
    const { id } = await first.make({ trigger });
    await first.close();
    // The start of a host ends what was left before it opens its assignments.
    const second = await engine({ folder, startMs: first.clock.now(), before: (at) => fail(at, taskId) });
    await until(second, async () => (await second.runs(id)).length === 1);
    await second.rest();
    expect(await second.runs(id)).toMatchObject([{ cause: { events: [{ data: { taskId } }] } }]);
  });

  test('are taken in late rather than never where the disk is full', async () => {
    const at = await engine();
    const { id } = await at.make({ trigger });
    const { accept } = at.store.inbox;
    let refused = false;
    (at.store.inbox as { accept: typeof accept }).accept = (...event) => {
      if (refused) return accept(...event);
      refused = true;
      return Promise.reject(new AppError('store_full', 'There is no space left.'));
    };
    await fail(at, await begin(at));
    await until(at, () => refused);
    await until(at, async () => {
      at.clock.advance(1_000);
      return (await at.runs(id)).length === 1;
    });
    await at.rest();
  });
});

test('of what is due once a week nothing is expected on the other days', async () => {
  const at = await engine({ answer: async () => ({ state: 'failed', failure: 'no disk' }) });
  await at.make({
    trigger: { type: 'timer', text: 'every Wednesday at 9:00' },
    rules: { expectedBy: '10:00', disableAfter: 0 },
  });
  for (let hours = 0; hours < 5 * 24; hours++) {
    at.clock.advance(HOUR);
    await at.rest();
  }
  expect(at.told).toHaveLength(1);
});
