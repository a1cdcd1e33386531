import { connection } from './connection.ts';
import { noteHostTime } from './host-clock.ts';
import type { Problem } from './types.ts';

/** The host answered with a refusal or fault; `problem` is its RFC 9457 body. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** What to tell a person of any error thrown here. */
export function errorWords(error: unknown): string {
  if (error instanceof ProblemError) return error.message;
  if (error instanceof TypeError) return 'The host does not answer. Is it running?';
  return error instanceof Error ? error.message : String(error);
}

/** The fields that the host found wrong, with what it expected of each. */
export function fieldErrors(error: unknown): readonly { field: string; expected: string }[] {
  return error instanceof ProblemError ? (error.problem.errors ?? []) : [];
}

/** Other work that the host says would be touched. */
export function othersOf(error: unknown): readonly { id: string; title: string }[] | undefined {
  if (!(error instanceof ProblemError) || error.problem.code !== 'would_end_others') return undefined;
  return error.problem.others ?? [];
}

/**
 * One request to the API. A 401 anywhere turns the page into the sign-in page.
 * @throws {ProblemError} refused or failed @throws {TypeError} no answer
 */
export async function request<T>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const response = await fetch(`/api${path}`, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  noteHostTime(response.headers.get('date'));
  const text = await response.text();
  if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
  if (response.status === 401 && path !== '/signin') connection.set({ phase: 'signin' });
  throw new ProblemError(readProblem(text, response.status));
}

function readProblem(text: string, status: number): Problem {
  try {
    const problem = JSON.parse(text) as Problem;
    if (typeof problem.title === 'string') return problem;
  } catch {
    // Not from the host itself: a proxy, or something else on this port.
  }
  return {
    type: 'about:blank',
    title: `The answer was ${status}`,
    status,
    code: 'unknown',
    detail: `The host answered with status ${status} and without an explanation.`,
  };
}
