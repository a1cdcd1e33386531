import type { Work } from '../../../assignment/assignment.ts';
import { oneLine } from './plain-text.ts';

/** What an assignment does, a line for each call. */
export function workLines(work: Work): string[] {
  if (work.type === 'text') return [oneLine(work.text)];
  return work.calls.map(({ server, tool, arguments: args }) => {
    const words = Object.keys(args).length === 0 ? '' : ` ${JSON.stringify(args)}`;
    return oneLine(`${server}.${tool}${words}`);
  });
}
