import { ASSIGNMENT_STATES } from '../../../../assignment/assignment.ts';
import type { Assignment, AssignmentState } from '../../data/types.ts';

/** What stands in the address of the page. */
export interface AssignmentsSearch {
  readonly q?: string;
  readonly state?: AssignmentState;
}

/** Reads the address; what makes no sense is left out. */
export function readAssignmentsSearch(search: Record<string, unknown>): AssignmentsSearch {
  const { q } = search;
  const state = ASSIGNMENT_STATES.find((each) => each !== 'removed' && each === search.state);
  const words = typeof q === 'string' || typeof q === 'number' ? String(q) : '';
  return { ...(words !== '' && { q: words }), ...(state !== undefined && { state }) };
}

/** The filter as the API takes it. */
export function listQuery({ q, state }: AssignmentsSearch): string {
  const query = new URLSearchParams();
  if (q?.trim()) query.set('q', q.trim());
  if (state !== undefined) query.set('state', state);
  return query.toString();
}

/** Whether one that came with the stream belongs into the list: every word begins one of its title. */
export function fits({ title, state }: Assignment, search: AssignmentsSearch): boolean {
  if (search.state !== undefined && search.state !== state) return false;
  const there = wordsOf(title);
  return wordsOf(search.q ?? '').every((word) => there.some((each) => each.startsWith(word)));
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Those that were turned off come first, as they need somebody; then the newest. */
export function inOrder(all: readonly Assignment[]): readonly Assignment[] {
  const rank = ({ state }: Assignment) => (state === 'disabled' ? 0 : 1);
  return [...all].sort(
    (a, b) => rank(a) - rank(b) || (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0),
  );
}
