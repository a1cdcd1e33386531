import { expect, test } from 'vitest';
import type { Task } from '../../../task/task.ts';
import { SAMPLE_TIME, sampleTask } from '../test/sample-task.ts';
import { changeWords } from './task-changes.ts';

const at = (value: number) =>
  sampleTask({ progress: { value, total: 40, unit: 'files', message: 'copying' } });
const words = (before: Task | undefined, after: Task) => changeWords(before, after, SAMPLE_TIME);

test('a start, each quarter once, and the end', () => {
  const done = sampleTask({ status: 'completed', endedAt: new Date(SAMPLE_TIME).toISOString() });
  expect(words(undefined, sampleTask())).toBe('started');
  expect(words(sampleTask(), at(4))).toBeUndefined();
  expect(words(at(4), at(10))).toBe('25 %: 10/40 files, copying');
  expect(words(at(10), at(11))).toBeUndefined();
  expect(words(at(11), at(35))).toBe('75 %: 35/40 files, copying');
  expect(words(at(35), done)).toBe('completed after 1m00s');
  expect(words(done, done)).toBeUndefined();
});

test('what was met in the middle is running, not started', () => {
  expect(words(undefined, at(30))).toBe('running: 30/40 files, copying');
});

test('a question, a stop and a failure are told with their words', () => {
  const asking = sampleTask({ status: 'input_required', statusMessage: 'Go on?' });
  const stopping = sampleTask({
    cancel: { support: 'request', requestedAt: new Date(SAMPLE_TIME).toISOString() },
  });
  const failed = sampleTask({
    status: 'failed',
    endedAt: new Date(SAMPLE_TIME).toISOString(),
    failure: { reason: 'server_exited', message: 'The server ended.' },
  });
  expect(words(sampleTask(), asking)).toBe('needs you: Go on?');
  expect(words(sampleTask(), stopping)).toBe('stopping: asked to stop');
  expect(words(stopping, failed)).toBe('failed after 1m00s: The server ended.');
});

test('a lost task may still learn its true end', () => {
  const lost = sampleTask({ status: 'lost', endedAt: new Date(SAMPLE_TIME).toISOString() });
  expect(words(lost, { ...lost, status: 'completed' })).toBe('completed after 1m00s');
});
