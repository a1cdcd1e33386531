import type { Outcome } from '../../runtime/tool.ts';
import { wayOut } from '../askpass/prompt.ts';
import type { GitSession, TransferResult } from '../run/session.ts';
import type { Check, Failure } from './result-fields.ts';

export interface FailedWork<Data> {
  /** What was done, such as `fetch`. */
  readonly what: string;
  readonly data: Data;
  /** What is there now, as a sentence. */
  readonly remains: string;
  /** A reason that is better known than "git failed". */
  readonly reason?: Failure['reason'];
  /** Said instead of git's own words in the first line. */
  readonly summary?: string;
}

type FailedData<Data> = Data & { verified: false; checks: Check[]; failure: Failure };

/** The outcome of work of which git did not come to a good end: stopped, stalled, asked in vain, or failed. */
export function failed<Data extends object>(
  session: GitSession,
  result: TransferResult,
  work: FailedWork<Data>,
): Outcome<FailedData<Data>> {
  const { exitStatus, unanswered, tree } = result;
  const { reason, summary } = judge(session, result, work);
  const said = reason === 'stopped' ? '' : result.said;
  const message = [summary, said].filter((part) => part !== '').join('\n');
  const askedFor = unanswered.map(({ text }) => text);
  const { remains } = work;
  const failure: Failure = {
    reason,
    message,
    exitStatus,
    ...(askedFor.length > 0 && { askedFor }),
    ...(remains !== '' && { remains }),
  };
  const wayOn = reason === 'unanswered_prompt' ? wayOut(unanswered) : '';
  return {
    text: [summary, wayOn, remains, said === '' ? '' : `\n${said}`].filter((part) => part !== '').join('\n'),
    data: { ...work.data, verified: false, checks: [], failure },
    isError: true,
    ...(reason === 'stopped' && {
      stop: {
        stopped: tree.left === 0,
        left: tree.left,
        ended: tree.ended,
        killed: tree.killed,
        ...(remains !== '' && { remains }),
      },
    }),
  };
}

function judge<Data>(
  { work }: GitSession,
  { exitStatus, stalledMs, unanswered, said, tree }: TransferResult,
  { what, reason, summary }: FailedWork<Data>,
): { reason: Failure['reason']; summary: string } {
  if (work.signal.aborted) {
    const why = work.stopReason === 'shutdown' ? ' because the server is shutting down' : '';
    const left =
      tree.left === 0 ? 'nothing of git runs any more' : `${tree.left} processes could not be ended`;
    return { reason: 'stopped', summary: `Stopped the ${what}${why}; ${left}.` };
  }
  if (stalledMs !== undefined) {
    const seconds = Math.round(stalledMs / 100) / 10;
    return {
      reason: 'stalled',
      summary: `The ${what} was ended because the remote had stalled: no data for ${seconds} s (limit: --stall-ms).`,
    };
  }
  if (unanswered.length > 0) {
    const asked = unanswered.map(({ text }) => text.replace(/\s+/g, ' ')).join('; ');
    return { reason: 'unanswered_prompt', summary: `The ${what} failed: git asked for: ${asked}` };
  }
  const words = summary ?? (mainLine(said) || 'it said nothing');
  return {
    reason: reason ?? 'git_failed',
    summary: `The ${what} failed (exit status ${exitStatus}): ${words}`,
  };
}

/** The line that says most: the first fatal one, else the first error, else the last. */
function mainLine(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const line =
    lines.find((each) => each.startsWith('fatal: ')) ?? lines.find((each) => each.startsWith('error: '));
  return line ?? lines.at(-1) ?? '';
}
