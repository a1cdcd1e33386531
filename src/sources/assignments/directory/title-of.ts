import type { Work } from '../../../assignment/assignment.ts';

const TITLE_CHARS = 60;

/** A title made of what an assignment does. */
export function titleOf(work: Work): string {
  const text =
    work.type === 'text'
      ? (work.text.trim().split('\n', 1)[0] ?? '')
      : work.calls.map(({ server, tool }) => `${server}.${tool}`).join(', ');
  return text.length > TITLE_CHARS ? `${text.slice(0, TITLE_CHARS - 1).trim()}…` : text;
}
