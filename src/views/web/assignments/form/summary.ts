import type { AssignmentDraft, Preview } from '../../data/types.ts';
import { workWords } from '../work-words.ts';

/** The whole assignment in one sentence; undefined until it is understood when it fires. */
export function summaryOf(
  draft: AssignmentDraft,
  preview: Preview | undefined,
  chatTitle: string | undefined,
): string | undefined {
  if (preview === undefined) return undefined;
  const [words = ''] = preview.words.split(/\.\s|\.$/); // what else is said of it stands above
  const zone = `(${preview.timeZone})`;
  const isZoned = draft.trigger.type !== 'timer' || words.includes(zone);
  const when = draft.trigger.type === 'event' ? `${words},` : isZoned ? words : `${words} ${zone}`;
  const { work } = draft;
  const isComplete = work.type === 'text' ? work.text !== '' : work.calls.every(({ tool }) => tool !== '');
  if (!isComplete) return `${when} …`;
  const does = work.type === 'text' ? `tells the assistant ${workWords(work)}` : `runs ${workWords(work)}`;
  const where = chatTitle === undefined ? 'its own chat' : `“${chatTitle}”`;
  return `${when} ${does}; the result goes to ${where}.`;
}
