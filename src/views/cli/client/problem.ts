import { AppError, type ErrorCode } from '../../../base/errors.ts';
import type { Problem } from '../../api/contract/types.ts';
import { noHostAt } from './find-host.ts';

/**
 * The error that an answer tells of. An answer that is not problem+json did not come from a host of ours.
 * A code that this version does not know stays as it is.
 */
export function problemError(url: string, status: number, body: string): AppError {
  const problem = parse(body);
  if (!problem) {
    return new AppError('host_unreachable', `What answers at ${url} is not Meanwhile (status ${status}).`);
  }
  const detail = problem.detail || problem.title || `The host refused (status ${status}).`;
  const hint =
    status === 401 ? ' The file `token` in the data folder does not fit the host that answers there.' : '';
  return new AppError(problem.code as ErrorCode, `${detail}${hint}`, {
    fields: problem.errors ?? [],
    others: problem.others ?? [],
  });
}

/** A request that got no answer at all. An interruption of our own passes through. */
export function connectionError(url: string, error: unknown): unknown {
  if (error instanceof Error && error.name === 'AbortError') return error;
  return noHostAt(url, error);
}

function parse(body: string): Problem | undefined {
  try {
    const problem = JSON.parse(body);
    return typeof problem?.code === 'string' ? problem : undefined;
  } catch {
    return undefined;
  }
}
