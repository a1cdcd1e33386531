import { describe, expect, test } from 'vitest';
import type { StepOutcome } from '../../assignment-directory.ts';
import { engine, tempFolder } from './engine.ts';

const HOUR = 3_600_000;
const failing = async (): Promise<StepOutcome> => ({ state: 'failed', failure: 'no disk' });

/** A call that goes on until the test ends it. */
function held() {
  const begun: (() => void)[] = [];
  return {
    answer: () => new Promise<StepOutcome>((resolve) => begun.push(() => resolve({ state: 'completed' }))),
    release: () => begun.shift()?.(),
    begun,
  };
}

async function until(clock: { advance(ms: number): void }, condition: () => boolean | Promise<boolean>) {
  while (!(await condition())) {
    clock.advance(0); // what was put off until now
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a timer', () => {
  test('fires once at each of its times, and its run is a task that is delivered', async () => {
    const { make, advance, runs, store, sent } = await engine();
    const { id, sessionId } = await make();
    await advance(3 * HOUR);
    const [newest, ...before] = await runs(id);
    expect(before).toHaveLength(2);
    expect(newest).toMatchObject({
      state: 'completed',
      cause: { type: 'timer', dueAt: '2026-03-02T11:00:00.000Z' },
    });
    expect(sent).toHaveLength(3);
    expect(await store.tasks.get(newest!.taskId!)).toMatchObject({
      title: 'Backup',
      status: 'completed',
      sessionId,
      source: { type: 'assignment', assignmentId: id },
      result: { preview: 'done' },
      delivery: { state: 'pending' },
    });
    expect(await store.assignments.get(id)).toMatchObject({
      state: 'on',
      nextDueAt: '2026-03-02T12:00:00.000Z',
      lastRun: { state: 'completed' },
      failuresInRow: 0,
    });
  });

  test('that was for one time is done after it', async () => {
    const { make, advance, runs, store } = await engine();
    const { id } = await make({ trigger: { type: 'timer', text: 'in 20 minutes' } });
    await advance(20 * 60_000);
    expect(await runs(id)).toHaveLength(1);
    expect(await store.assignments.get(id)).toMatchObject({ state: 'done' });
    await advance(HOUR);
    expect(await runs(id)).toHaveLength(1);
  });

  test('that is paused does not fire, and goes on at the next of its times when it is resumed', async () => {
    const { make, advance, runs, assignments } = await engine();
    const { id } = await make();
    await assignments.change(id, { state: 'paused' });
    await advance(2.5 * HOUR);
    expect(await runs(id)).toEqual([]);
    expect(await assignments.change(id, { state: 'on' })).toMatchObject({
      nextDueAt: '2026-03-02T11:00:00.000Z',
    });
    await advance(HOUR);
    expect(await runs(id)).toHaveLength(1);
  });
});

describe('times that passed while nobody was there', () => {
  test.each([
    ['run_once' as const, ['completed', 'skipped', 'skipped']],
    ['skip' as const, ['skipped', 'skipped', 'skipped']],
  ])('with %s are accounted for one by one', async (missed, states) => {
    const folder = tempFolder();
    const first = await engine({ folder });
    const { id } = await first.make({ rules: { missed } });
    await first.close();
    const second = await engine({ folder, startMs: Date.parse('2026-03-02T11:30:00Z') });
    await second.rest();
    const runs = await second.runs(id);
    expect(runs.map(({ state }) => state).toSorted()).toEqual(states.toSorted());
    for (const run of runs.filter(({ state }) => state === 'skipped'))
      expect(run).toMatchObject({ skipReason: 'missed', note: expect.stringContaining('Nobody was there') });
    if (missed === 'run_once')
      expect(runs.find(({ state }) => state === 'completed')).toMatchObject({
        cause: { dueAt: '2026-03-02T11:00:00.000Z', missed: 2 },
      });
    expect(await second.store.assignments.get(id)).toMatchObject({ nextDueAt: '2026-03-02T12:00:00.000Z' });
  });
});

describe('firing while a run goes on', () => {
  test('is skipped, and says so', async () => {
    const { answer, release } = held();
    const { make, clock, runs, rest } = await engine({ answer });
    const { id } = await make();
    clock.advance(HOUR);
    await until(clock, async () => (await runs(id))[0]?.state === 'running');
    clock.advance(HOUR);
    await until(clock, async () => (await runs(id)).length === 2);
    expect((await runs(id))[0]).toMatchObject({ state: 'skipped', skipReason: 'overlap' });
    release();
    await rest();
  });

  test('waits its turn with queue, and begins at once with allow', async () => {
    for (const overlap of ['queue', 'allow'] as const) {
      const { answer, release, begun } = held();
      const { make, clock, runs, rest } = await engine({ answer });
      const { id } = await make({ rules: { overlap } });
      clock.advance(HOUR);
      await until(clock, () => begun.length === 1);
      clock.advance(HOUR);
      await until(clock, async () => (await runs(id)).length === 2);
      if (overlap === 'allow') await until(clock, () => begun.length === 2);
      else expect((await runs(id))[0]).toMatchObject({ state: 'waiting' });
      release();
      await until(clock, () => begun.length === 1);
      release();
      await rest();
      expect((await runs(id)).map(({ state }) => state)).toEqual(['completed', 'completed']);
    }
  });

  test('never more go on at once than may', async () => {
    const { answer, release, begun } = held();
    const { make, clock, rest, runs } = await engine({ answer, limit: 2 });
    for (let n = 0; n < 5; n++) await make({ title: `Backup ${n}` });
    clock.advance(HOUR);
    await until(clock, async () => (await runs()).length === 5);
    await until(clock, () => begun.length === 2);
    for (let n = 0; n < 5; n++) {
      await until(clock, () => begun.length > 0);
      expect(begun.length).toBeLessThanOrEqual(2);
      release();
    }
    await rest();
    expect((await runs()).every(({ state }) => state === 'completed')).toBe(true);
  });
});

describe('a run that fails', () => {
  test('is tried again after a wait that doubles, where its tool may be called twice', async () => {
    const { make, advance, sent, runs, store } = await engine({ answer: failing, isSafe: true });
    const { id } = await make({ rules: { retries: 2, retryAfterMs: 60_000 } });
    await advance(HOUR);
    expect(sent).toHaveLength(1);
    const [waiting] = await runs(id);
    expect(waiting).toMatchObject({ state: 'waiting', attempt: 2, note: 'Try 1 of 3 failed. no disk' });
    expect(await store.tasks.get(waiting!.taskId!)).toMatchObject({ status: 'working' });
    await advance(60_000);
    expect(sent).toHaveLength(2);
    await advance(119_000);
    expect(sent).toHaveLength(2);
    await advance(1_000);
    expect(sent).toHaveLength(3);
    const [ended] = await runs(id);
    expect(ended).toMatchObject({ state: 'failed', attempt: 3 });
    expect(await store.tasks.get(ended!.taskId!)).toMatchObject({
      status: 'failed',
      failure: { message: expect.stringContaining('no disk') },
    });
  });

  test('is not tried again where that may do harm, and says why', async () => {
    const { make, advance, sent, runs } = await engine({ answer: failing, isSafe: false });
    const { id } = await make({ rules: { retries: 2 } });
    await advance(HOUR);
    expect(sent).toHaveLength(1);
    expect((await runs(id))[0]).toMatchObject({
      state: 'failed',
      note: expect.stringContaining('does not say'),
    });
  });

  test('too often in a row turns the assignment off, and its chat is told', async () => {
    const { make, advance, store, told } = await engine({ answer: failing });
    const { id, sessionId } = await make({ rules: { disableAfter: 3 } });
    for (let n = 0; n < 5; n++) await advance(HOUR);
    expect(await store.assignments.get(id)).toMatchObject({ state: 'disabled', failuresInRow: 3 });
    expect(told).toEqual([{ sessionId, text: expect.stringContaining('turned off after 3 failed runs') }]);
  });
});

test('the steps of a run follow each other, and the first that fails ends it', async () => {
  const { make, advance, sent, runs } = await engine({
    answer: async ({ tool }) =>
      tool === 'b'
        ? { state: 'failed', failure: 'b broke' }
        : { state: 'completed', preview: `${tool} done` },
  });
  const call = (tool: string) => ({ server: 's', tool, arguments: {} });
  const { id } = await make({ work: { type: 'calls', calls: [call('a'), call('b'), call('c')] } });
  await advance(HOUR);
  expect(sent.map(({ tool }) => tool)).toEqual(['a', 'b']);
  expect((await runs(id))[0]).toMatchObject({
    state: 'failed',
    steps: [
      { state: 'completed', preview: 'a done' },
      { state: 'failed', failure: 'b broke' },
      { state: 'pending' },
    ],
  });
});

test('a run that is cancelled stops its call, and no further one begins', async () => {
  const stopped: string[] = [];
  const { make, clock, sent, runs, assignments, rest, store } = await engine({
    answer: ({ tool }, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          stopped.push(tool);
          resolve({ state: 'cancelled' });
        });
      }),
  });
  const call = (tool: string) => ({ server: 's', tool, arguments: {} });
  const { id } = await make({ work: { type: 'calls', calls: [call('a'), call('b')] } });
  clock.advance(HOUR);
  await until(clock, () => sent.length === 1);
  const [run] = await runs(id);
  await assignments.cancel(run!.taskId!, { by: 'test', force: false });
  await rest();
  expect(stopped).toEqual(['a']);
  expect((await runs(id))[0]).toMatchObject({
    state: 'cancelled',
    steps: [{ state: 'cancelled' }, { state: 'pending' }],
  });
  expect(await store.tasks.get(run!.taskId!)).toMatchObject({
    status: 'cancelled',
    cancel: { requestedBy: 'test' },
  });
});

describe('a run that was cut off', () => {
  const call = (tool: string) => ({ server: 's', tool, arguments: {} });
  const work = { type: 'calls' as const, calls: [call('a'), call('b')] };

  test.each([
    ['ended meanwhile', { state: 'completed', preview: 'a done' } as const, ['b']],
    ['was never sent', undefined, ['a', 'b']],
  ])('goes on after its last finished step, where the call %s', async (_what, known, expected) => {
    const folder = tempFolder();
    const first = await engine({ folder, answer: () => new Promise(() => {}) });
    const { id } = await first.make({ work });
    first.clock.advance(HOUR);
    await until(first.clock, () => first.sent.length === 1);
    await first.close();
    const world = new Map(known ? [[first.sent[0]!.callId, known]] : []);
    const second = await engine({ folder, world, startMs: first.clock.now() });
    await second.rest();
    expect(second.sent.map(({ tool }) => tool)).toEqual(expected);
    if (known === undefined) expect(second.sent[0]!.callId).toBe(first.sent[0]!.callId);
    const [run] = await second.runs(id);
    expect(run).toMatchObject({ state: 'completed' });
    expect(await second.store.tasks.get(run!.taskId!)).toMatchObject({ status: 'completed' });
  });

  test('ends truthfully where its call did not survive', async () => {
    const folder = tempFolder();
    const first = await engine({ folder, answer: () => new Promise(() => {}) });
    const { id } = await first.make({ work });
    first.clock.advance(HOUR);
    await until(first.clock, () => first.sent.length === 1);
    await first.close();
    const world = new Map<string, StepOutcome>([
      [first.sent[0]!.callId, { state: 'failed', failure: 'Meanwhile was stopped in the middle of this.' }],
    ]);
    const second = await engine({ folder, world, startMs: first.clock.now() });
    await second.rest();
    expect(second.sent).toEqual([]);
    expect((await second.runs(id))[0]).toMatchObject({
      state: 'failed',
      note: expect.stringContaining('was stopped'),
    });
  });
});

test('a result that was expected by a time of day and has not come is told once', async () => {
  const { make, advance, told, store, clock } = await engine({ answer: failing });
  const { id, sessionId } = await make({ rules: { expectedBy: '10:30', disableAfter: 0 } });
  await advance(2 * HOUR);
  expect(told).toEqual([]);
  await advance(HOUR);
  await until(clock, () => told.length > 0);
  expect(told).toEqual([{ sessionId, text: expect.stringContaining('was expected by 10:30 (UTC)') }]);
  await advance(HOUR);
  expect(told).toHaveLength(1);
  expect(await store.notes.get('expected-by', id)).toBe('2026-03-02T10:30:00.000Z');
});
