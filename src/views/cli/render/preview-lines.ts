import type { AssignmentDraft, Preview } from '../../../assignment/draft.ts';
import type { Paint } from './colour.ts';
import { localTime } from './local-time.ts';
import { oneLine } from './plain-text.ts';
import { workLines } from './work-lines.ts';

/** What was understood of a draft: when, the next times, what it does, and what should be known before. */
export function previewLines(draft: AssignmentDraft, preview: Preview, paint: Paint): string[] {
  const { title, words, next, timeZone, warnings } = preview;
  return [
    paint(oneLine(title), 'bold'),
    `  ${oneLine(words)}`,
    ...next.map((iso, at) => `  ${paint(at === 0 ? 'next' : '    ', 'dim')} ${localTime(iso, timeZone)}`),
    ...workLines(draft.work).map((line) => `  ${line}`),
    ...warnings.map((warning) => `  ${paint('!', 'yellow')} ${oneLine(warning)}`),
  ];
}
