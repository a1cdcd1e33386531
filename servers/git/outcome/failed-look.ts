import type { Outcome } from '../../runtime/tool.ts';
import type { GitResult } from '../run/run-git.ts';
import type { Failure } from './result-fields.ts';

/** The outcome of a look that git refused. */
export function failedLook<Data extends object>(
  what: string,
  { exitStatus, said }: GitResult,
  data: Data,
): Outcome<Data & { failure: Failure }> {
  const message = `The ${what} failed (exit status ${exitStatus}): ${said || 'git said nothing'}`;
  return {
    text: message,
    data: { ...data, failure: { reason: 'git_failed', message, exitStatus } },
    isError: true,
  };
}
