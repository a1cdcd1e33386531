import { AppError, ERRORS } from '../../base/errors.ts';
import type { Task } from '../../task/task.ts';
import type { CallAnswer } from '../api/contract/types.ts';

/** What the shell learns from us. Scripts rely on these numbers. */
export const EXIT = { ok: 0, failed: 1, usage: 2, unreachable: 3, interrupted: 130 } as const;

/** A request that does not fit (400) is wrong usage; everything else that is refused has failed. */
export function exitStatusOfError(error: unknown): number {
  if (!(error instanceof AppError)) return EXIT.failed;
  if (error.code === 'host_unreachable') return EXIT.unreachable;
  return ERRORS[error.code]?.status === 400 ? EXIT.usage : EXIT.failed;
}

/** Green means that the work succeeded, nothing else. A task that goes on has not failed. */
export function exitStatusOfTask(task: Pick<Task, 'status'>): number {
  return task.status === 'failed' || task.status === 'cancelled' || task.status === 'lost'
    ? EXIT.failed
    : EXIT.ok;
}

/** For a call that ended before it became a task. */
export function exitStatusOfCall(answer: Pick<CallAnswer, 'result' | 'failure'>): number {
  return answer.failure || answer.result?.isError ? EXIT.failed : EXIT.ok;
}
