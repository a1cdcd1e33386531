import { expect, test } from 'vitest';
import { exampleTask } from './example-task.ts';
import {
  canCancel,
  elapsedMs,
  failureWords,
  lookOf,
  phaseOf,
  silentFor,
  sourceName,
  usualWords,
} from './view.ts';

const start = Date.parse('2026-11-23T10:00:00.000Z');
const at = (seconds: number) => new Date(start + seconds * 1_000).toISOString();

test('a working task looks quiet once nothing was heard for ten seconds', () => {
  const task = exampleTask({ aliveAt: at(5) });
  expect(lookOf(task, start + 15_000)).toBe('running');
  expect(lookOf(task, start + 15_001)).toBe('quiet');
  expect(silentFor(task, start + 45_000)).toBe(40_000);
  expect(silentFor({ ...task, status: 'lost' }, start + 45_000)).toBeUndefined();
});

test('stopping is shown from the request until the end, and offers no second cancel', () => {
  const asked = exampleTask({ cancel: { support: 'request', requestedAt: at(3) } });
  expect(lookOf(asked, start)).toBe('stopping');
  expect(canCancel(asked)).toBe(false);
  const ignored = { ...asked, cancel: { ...asked.cancel, answer: 'ignored' as const } };
  expect(lookOf(ignored, start)).toBe('running');
  expect(lookOf({ ...asked, status: 'completed' }, start)).toBe('good');
});

test('cancel is offered only where it works', () => {
  expect(canCancel(exampleTask({ cancel: { support: 'confirmed' } }))).toBe(true);
  expect(canCancel(exampleTask({ cancel: { support: 'none' } }))).toBe(false);
  expect(canCancel(exampleTask({ cancel: { support: 'force' } }))).toBe(false);
  expect(canCancel(exampleTask({ status: 'failed', cancel: { support: 'confirmed' } }))).toBe(false);
});

test('the time stops with the work; that of a lost task with its last sign of life', () => {
  const later = start + 3_600_000;
  expect(elapsedMs(exampleTask({}), later)).toBe(3_600_000);
  expect(elapsedMs(exampleTask({ status: 'completed', endedAt: at(60) }), later)).toBe(60_000);
  expect(elapsedMs(exampleTask({ status: 'lost', aliveAt: at(20) }), later)).toBe(20_000);
});

test('usual is said from three runs on, and lateness only while it runs', () => {
  const expected = { medianMs: 180_000, p90Ms: 240_000, runs: 3 };
  const task = exampleTask({ expected });
  expect(usualWords(task, start + 60_000)).toEqual({ text: 'usually 3 min', late: false });
  expect(usualWords(task, start + 240_001)).toEqual({ text: 'over the usual 3 min', late: true });
  expect(usualWords(exampleTask({ expected: { ...expected, runs: 2 } }), start)).toBeUndefined();
});

test('the line beside the title says what matters most now', () => {
  const progress = { value: 1, message: 'epoch 1' };
  const phase = (more: Parameters<typeof exampleTask>[0]) => phaseOf(exampleTask(more), start + 5_000);
  expect(phase({ progress, statusMessage: 'Training' })).toBe('epoch 1');
  expect(phase({ statusMessage: 'Training' })).toBe('Training');
  expect(phase({ cancel: { support: 'request', requestedAt: at(1) }, progress })).toBe(
    'Asked to stop 4 s ago',
  );
  expect(phase({ contactLost: { since: at(3), note: '' }, progress })).toMatch(
    /^No contact since \d\d:\d\d; looking for it$/,
  );
  expect(phase({ status: 'failed', failure: { reason: 'tool_error', message: 'exit 2' }, progress })).toBe(
    'exit 2',
  );
  expect(phase({ status: 'lost' })).toBe('How it ended is not known');
  expect(sourceName(exampleTask({ source: { type: 'turn' } }))).toBe('assistant');
});

test('what is asked stands in the line, and how much more', () => {
  const question = { key: 'a', mode: 'form', message: 'Which folder?', askedAt: at(1) } as const;
  const asking = exampleTask({ status: 'input_required', input: [question], progress: { value: 1 } });
  expect(lookOf(asking, start)).toBe('needs');
  expect(phaseOf(asking, start)).toBe('Which folder?');
  expect(phaseOf({ ...asking, input: [question, { ...question, key: 'b' }] }, start)).toBe(
    'Which folder? (and 1 more)',
  );
  expect(phaseOf({ ...asking, input: undefined } as never, start)).toBe('It waits for your answer');
});

test('without contact nothing seems to move, and silence is not counted twice', () => {
  const away = exampleTask({ contactLost: { since: at(30), note: 'The connection broke.' } });
  expect(lookOf(away, start + 60_000)).toBe('noContact');
  expect(silentFor(away, start + 60_000)).toBeUndefined();
  expect(lookOf({ ...away, status: 'completed' }, start + 60_000)).toBe('good');
});

test('a failure is told in plain words, and what the server said stands under them', () => {
  expect(failureWords({ reason: 'tool_error', message: 'exit 2' })).toEqual({
    words: 'The tool ran and reported an error.',
    said: 'exit 2',
  });
  expect(failureWords({ reason: 'timeout_idle', message: 'No sign for 5 min.' })).toEqual({
    words: 'No sign for 5 min.',
  });
  expect(failureWords({ reason: 'server_exited', message: '' }).words).toMatch(/^The server stopped/);
});
