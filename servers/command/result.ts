import { constants } from 'node:os';
import * as z from 'zod';
import type { KeptOutput } from '../runtime/output/capped-output.ts';
import type { ProcessOutcome } from '../runtime/process/start-process.ts';
import type { Outcome } from '../runtime/tool.ts';
import type { StopReason } from '../runtime/work.ts';
import type { InputAccount } from './input/input-dialogue.ts';

/** `structuredContent` of a finished run. */
export const RESULT_SCHEMA = z.object({
  exitStatus: z
    .int()
    .nonnegative()
    .nullable()
    .describe('Exit status of the shell; null when a signal ended it'),
  signal: z
    .string()
    .nullable()
    .describe('The signal that ended the shell, such as "SIGKILL"; null otherwise'),
  durationMs: z.int().nonnegative().describe('From the start until the shell was over, in milliseconds'),
  timedOut: z.boolean().describe('Whether the time limit ended the command'),
  endedInBackground: z
    .int()
    .nonnegative()
    .describe('Background processes that the shell left behind and that were ended'),
  left: z.int().nonnegative().describe('Processes that could not be ended; 0 unless the system refuses'),
  cpuSeconds: z
    .number()
    .nonnegative()
    .nullable()
    .describe('User and system time of everything it ran, in seconds, at least; null where it is not known'),
  peakMb: z
    .number()
    .nonnegative()
    .nullable()
    .describe(
      'The most memory it held at once, in MB, at least, for it is sampled; null when it was too short to be seen',
    ),
  waitedFor: z
    .string()
    .nullable()
    .describe(
      'The line at which it waited for input last, such as "Overwrite? [y/N]"; null when it never did',
    ),
  answered: z.int().nonnegative().describe('How many of its questions were answered'),
  output: z
    .string()
    .describe('stdout and stderr in the order of arrival; of much output the head and the tail'),
  outputBytes: z.int().nonnegative().describe('Bytes of output in all'),
  cutBytes: z.int().nonnegative().describe('Bytes missing in the middle of `output`'),
});

/** Why a run was ended from outside. */
export type EndReason = StopReason | 'timeout' | 'input';

export interface RunEnd {
  readonly reason?: EndReason | undefined;
  readonly timeoutMs?: number;
  readonly input?: InputAccount;
}

const NO_INPUT: InputAccount = { waitedFor: null, answered: 0, refusal: null };

/** What the caller gets: a plain summary in the first line, the output behind it, and the same as data. */
export function toOutcome(
  outcome: ProcessOutcome,
  kept: KeptOutput,
  why: RunEnd = {},
): Outcome<z.infer<typeof RESULT_SCHEMA>> {
  const { exitStatus, signal, durationMs, tree, use } = outcome;
  const { input = NO_INPUT } = why;
  const data: z.infer<typeof RESULT_SCHEMA> = {
    exitStatus,
    signal,
    durationMs,
    timedOut: why.reason === 'timeout',
    endedInBackground: why.reason === undefined ? tree.ended : 0,
    left: tree.left,
    ...use,
    waitedFor: input.waitedFor,
    answered: input.answered,
    output: kept.text,
    outputBytes: kept.totalBytes,
    cutBytes: kept.cutBytes,
  };
  const notes = [summary(outcome, why)];
  if (data.endedInBackground > 0)
    notes.push(`${processes(tree.ended)} left running in the background, ended with the command.`);
  if (tree.left > 0)
    notes.push(
      `${processes(tree.left)} could not be ended: pid ${tree.remaining.map(({ pid }) => pid).join(', ')}.`,
    );
  const text = `${notes.join('\n')}\n\n${kept.text === '' ? '(no output)' : kept.text}`;
  const isError = why.reason !== undefined || exitStatus !== 0;
  const { left, ended, killed } = tree;
  const stop = why.reason !== undefined && { stop: { stopped: left === 0, left, ended, killed } };
  return { text, data, isError, ...stop };
}

function summary({ exitStatus, signal, durationMs, tree }: ProcessOutcome, why: RunEnd) {
  const after = `after ${seconds(durationMs)}`;
  const ended = tree.left === 0 ? 'nothing of it is left' : 'not all of it could be ended';
  if (why.reason === 'timeout')
    return `Ended ${after} because the time limit of ${seconds(why.timeoutMs ?? 0)} was over; ${ended}`;
  if (why.reason === 'shutdown') return `Ended ${after} because the server is shutting down; ${ended}`;
  if (why.reason === 'input') return `${waited(why.input ?? NO_INPUT)}. Ended ${after}; ${ended}`;
  if (why.reason === 'cancelled') return `Cancelled ${after}; ${ended}`;
  if (signal !== null) return `Ended by ${signal} ${after}`;
  return `Exit status ${exitStatus} ${after}${innerSignal(exitStatus)}`;
}

function waited({ waitedFor, refusal }: InputAccount): string {
  const line = waitedFor ? `at: "${waitedFor}"` : 'and has printed no question';
  return `It waits for input ${line}, ${refusal}`;
}

/** A shell reports a signal that ended its command as 128 + the signal's number. */
function innerSignal(exitStatus: number | null): string {
  const name = Object.entries(constants.signals).find(([, number]) => 128 + number === exitStatus)?.[0];
  return name === undefined ? '' : ` (its command was ended by ${name})`;
}

const processes = (count: number): string => (count === 1 ? '1 process' : `${count} processes`);

const seconds = (ms: number): string =>
  `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1).replace(/\.?0+$/, '')} s`;
