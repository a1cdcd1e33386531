import type { AssignmentDraft } from '../data/types.ts';
import { firstLine } from '../text/plain.ts';

/** What it does, on one line: `command.backup, then notes.write`, or the text for the assistant. */
export function workWords(work: AssignmentDraft['work']): string {
  if (work.type === 'text') return `“${firstLine(work.text)}”`;
  return work.calls.map(({ server, tool }) => `${server}.${tool}`).join(', then ');
}
