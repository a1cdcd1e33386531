import { expect, it } from 'vitest';
import type { ProcessOutcome } from '../runtime/process/start-process.ts';
import { toOutcome } from './result.ts';

const kept = { text: 'out\n', totalBytes: 4, cutBytes: 0 };
const outcome = (more: Partial<ProcessOutcome>): ProcessOutcome => ({
  exitStatus: 0,
  signal: null,
  durationMs: 12_400,
  tree: { left: 0, remaining: [], ended: 0, killed: 0 },
  use: { cpuSeconds: 0.5, peakMb: 12 },
  ...more,
});
const text = (result: ReturnType<typeof toOutcome>) => result.text;

it.each([
  [outcome({}), {}, 'Exit status 0 after 12.4 s', false],
  [outcome({ exitStatus: 2, durationMs: 60 }), {}, 'Exit status 2 after 0.06 s', true],
  [outcome({ exitStatus: 137 }), {}, 'Exit status 137 after 12.4 s (its command was ended by SIGKILL)', true],
  [outcome({ exitStatus: null, signal: 'SIGSEGV' }), {}, 'Ended by SIGSEGV after 12.4 s', true],
  [
    outcome({ exitStatus: null, signal: 'SIGTERM' }),
    { reason: 'timeout', timeoutMs: 12_000 } as const,
    'Ended after 12.4 s because the time limit of 12 s was over; nothing of it is left',
    true,
  ],
  [
    outcome({ exitStatus: null, signal: 'SIGTERM' }),
    { reason: 'input', input: { waitedFor: 'Sure? [y/N]', answered: 0, refusal: 'and so on' } } as const,
    'It waits for input at: "Sure? [y/N]", and so on. Ended after 12.4 s; nothing of it is left',
    true,
  ],
])('summary %#', (given, why, first, isError) => {
  const result = toOutcome(given, kept, why);
  expect(text(result).split('\n')[0]).toBe(first);
  expect(text(result).endsWith('\n\nout\n')).toBe(true);
  expect(result.isError).toBe(isError);
});

it('says what was left in the background and what could not be ended', () => {
  const tree = { left: 1, remaining: [{ pid: 77, startedAt: 'x' }], ended: 2, killed: 1 };
  const lines = text(toOutcome(outcome({ tree }), { ...kept, text: '' })).split('\n');
  expect(lines).toEqual([
    'Exit status 0 after 12.4 s',
    '2 processes left running in the background, ended with the command.',
    '1 process could not be ended: pid 77.',
    '',
    '(no output)',
  ]);
});
