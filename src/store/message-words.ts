import type { Message } from './records.ts';
import { wordsOf } from './search-words.ts';

/** How much of one message is searchable. */
const CHARS = 100_000;

/** The text of a message by which it is found: what was said, and what came of work; not how it came about. */
export function searchedText({ parts }: Pick<Message, 'parts'>): string {
  const texts = parts.flatMap((part) => {
    if (part.type === 'text') return [part.text];
    if (part.type === 'task') return [part.task.title, part.task.result?.preview ?? ''];
    return [];
  });
  return texts.join('\n').slice(0, CHARS);
}

/**
 * The words by which a message is found. `undefined` while it is being written: it is kept many times a second then,
 * and is put into the index when it is whole. A message that another one has replaced has none.
 */
export function messageWords(
  message: Pick<Message, 'parts' | 'turn' | 'supersededBy'>,
): string[] | undefined {
  const { turn, supersededBy } = message;
  if (supersededBy !== undefined) return [];
  if (turn?.state === 'running' || turn?.state === 'waiting') return undefined;
  const words = wordsOf(searchedText(message));
  return words.length > 0 ? words : undefined;
}
