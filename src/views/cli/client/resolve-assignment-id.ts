import { ASSIGNMENT_STATES, type AssignmentState } from '../../../assignment/assignment.ts';
import { AppError } from '../../../base/errors.ts';
import type { AssignmentPage } from '../../api/contract/types.ts';
import { ask } from './ask.ts';
import type { Host } from './find-host.ts';

/**
 * The id that a person means: a whole one as it is, otherwise the end of one.
 * @param states where to look; all but the removed ones where none are named
 * @throws {AppError} `assignment_not_found`; `invalid_request` when several fit
 */
export async function resolveAssignmentId(
  host: Host,
  text: string,
  states: readonly AssignmentState[] = ASSIGNMENT_STATES.filter((state) => state !== 'removed'),
): Promise<string> {
  if (text.startsWith('asg_')) return text;
  const fitting: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = { state: states.join(','), limit: 200, cursor };
    const { body } = await ask<AssignmentPage>(host, '/api/assignments', { query });
    fitting.push(...body.assignments.map(({ id }) => id).filter((id) => id.endsWith(text.toLowerCase())));
    if (body.nextCursor === null) break;
    cursor = body.nextCursor;
  }
  const [id, another] = fitting;
  if (id === undefined)
    throw new AppError('assignment_not_found', `No assignment has an id that ends with ${text}.`);
  if (another === undefined) return id;
  throw new AppError('invalid_request', `Several assignments fit ${text}: ${fitting.join(', ')}.`);
}

export const assignmentPath = (id: string, part = ''): string =>
  `/api/assignments/${encodeURIComponent(id)}${part}`;
