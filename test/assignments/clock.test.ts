import { describe, expect, test } from 'vitest';
import { type Engine, engine } from '../../src/sources/assignments/test/engine.ts';

/* What the clock of a machine does: it is set, it stands still while the machine sleeps, and its zone has a summer. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Hour by hour, so that what is due in each comes to rest before the next. */
async function pass({ clock, rest }: Engine, hours: number) {
  for (let n = 0; n < hours; n++) {
    clock.advance(HOUR);
    await rest();
  }
}

/** As somebody sets it; it is noticed within a minute. */
async function setTo({ clock, rest }: Engine, time: string) {
  clock.set(Date.parse(time));
  clock.advance(MINUTE);
  await rest();
}

/** The due times of its runs and what became of them, the earliest first. */
async function times({ runs }: Engine, id: string): Promise<string[]> {
  const found = (await runs(id)).map(({ cause, state }) =>
    cause.type === 'timer' ? `${cause.dueAt.slice(5, 16)} ${state}` : '',
  );
  return found.toSorted();
}

describe('a clock that is set', () => {
  test('back fires no time again, and goes on with the next', async () => {
    const at = await engine();
    const { id } = await at.make();
    await pass(at, 3);
    const before = await times(at, id);
    expect(before).toEqual(['03-02T09:00 completed', '03-02T10:00 completed', '03-02T11:00 completed']);
    await setTo(at, '2026-03-02T09:30:00Z');
    await pass(at, 2); // 11:30
    expect(await times(at, id)).toEqual(before);
    await pass(at, 1);
    expect(await times(at, id)).toEqual([...before, '03-02T12:00 completed']);
    expect(await at.store.assignments.get(id)).toMatchObject({ nextDueAt: '2026-03-02T13:00:00.000Z' });
  });

  test('back before it is resumed fires no time again', async () => {
    const at = await engine();
    const { id } = await at.make();
    await pass(at, 1);
    await at.assignments.change(id, { state: 'paused' });
    at.clock.set(Date.parse('2026-03-02T08:30:00Z'));
    await at.assignments.change(id, { state: 'on' });
    await pass(at, 2);
    expect(await times(at, id)).toEqual(['03-02T09:00 completed', '03-02T10:00 completed']);
  });

  test('forward by years and back again is due when it was due before', async () => {
    const at = await engine();
    const { id } = await at.make();
    await setTo(at, '2030-01-01T00:30:00Z');
    await pass(at, 1);
    expect((await at.runs(id))[0]).toMatchObject({ state: 'completed' });
    const count = (await at.runs(id)).length;
    expect(count).toBeLessThanOrEqual(52);
    await setTo(at, '2026-03-02T08:59:30Z');
    await pass(at, 1);
    expect(await at.runs(id)).toHaveLength(count + 2);
    expect(await times(at, id)).toEqual(
      expect.arrayContaining(['03-02T09:00 completed', '03-02T10:00 completed']),
    );
  });
});

test('a machine that slept for eight hours runs once for all it missed, and lists each', async () => {
  const at = await engine();
  const { id } = await at.make();
  const { id: skipping } = await at.make({ rules: { missed: 'skip' } });
  await pass(at, 1);
  at.clock.set(at.clock.now() + 8 * HOUR + 10 * MINUTE);
  at.clock.advance(MINUTE); // it looks at the time by itself
  await at.rest();
  const slept = Array.from({ length: 8 }, (_, n) => `03-02T${String(n + 10).padStart(2, '0')}:00`);
  expect(await times(at, id)).toEqual([
    '03-02T09:00 completed',
    ...slept.slice(0, 7).map((time) => `${time} skipped`),
    '03-02T17:00 completed',
  ]);
  expect(await times(at, skipping)).toEqual([
    '03-02T09:00 completed',
    ...slept.map((time) => `${time} skipped`),
  ]);
  for (const run of await at.runs())
    if (run.state === 'skipped')
      expect(run).toMatchObject({ skipReason: 'missed', note: expect.any(String) });
});

describe('a day in Berlin', () => {
  test.each([
    ['that skips 2:30', '2026-03-27T22:00:00Z', ['03-28T01:30', '03-29T01:00', '03-30T00:30']],
    ['that has 2:30 twice', '2026-10-23T22:00:00Z', ['10-24T00:30', '10-25T00:30', '10-26T01:30']],
  ])('%s has one run', async (_what, start, expected) => {
    const at = await engine({ startMs: Date.parse(start) });
    const { id } = await at.make({
      timeZone: 'Europe/Berlin',
      trigger: { type: 'timer', text: 'every day at 2:30' },
    });
    await pass(at, 72);
    expect(await times(at, id)).toEqual(expected.map((time) => `${time} completed`));
  });
});
