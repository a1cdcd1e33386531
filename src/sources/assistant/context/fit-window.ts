import type { ModelMessage } from 'ai';
import type { ContextItem } from './render-history.ts';

const CHARS_PER_TOKEN = 4;

/** An estimate: nobody but the provider knows how its model counts. */
export const tokensOf = (value: unknown): number => Math.ceil(JSON.stringify(value).length / CHARS_PER_TOKEN);

const sum = (items: readonly ContextItem[]): number =>
  items.reduce((total, { message }) => total + tokensOf(message), 0);

export interface Fitted {
  readonly messages: ModelMessage[];
  /** Of how many tool results the model sees a marker only. */
  readonly leftOut: number;
  /** Set where that is not enough: what is to be summarised first, up to and with this message. */
  readonly summarise?: { readonly items: readonly ContextItem[]; readonly covers: string };
}

/**
 * Keeps a conversation within a window: old tool output goes first, the oldest before the others, and then all that is
 * old is summarised. What came last stays as it is.
 */
export function fitWindow(items: readonly ContextItem[], budget: number): Fitted {
  let over = sum(items) - budget;
  if (over <= 0) return { messages: items.map(({ message }) => message), leftOut: 0 };
  const newest = items.at(-1)?.messageId;
  let leftOut = 0;
  const lighter = items.map((item): ContextItem => {
    if (over <= 0 || item.messageId === newest || item.message.role !== 'tool') return item;
    const content = item.message.content.map((part) => {
      if (over <= 0 || part.type !== 'tool-result') return part;
      const marked = {
        ...part,
        output: {
          type: 'text' as const,
          value: `[Left out to make room: ${JSON.stringify(part.output).length} characters. Use the tool again if they are needed.]`,
        },
      };
      const saved = tokensOf(part) - tokensOf(marked);
      if (saved <= 0) return part;
      over -= saved;
      leftOut += 1;
      return marked;
    });
    return { ...item, message: { ...item.message, content } };
  });
  const messages = lighter.map(({ message }) => message);
  if (over <= 0) return { messages, leftOut };
  const covers = lastToSummarise(lighter, budget);
  if (covers === undefined) return { messages, leftOut };
  const end = lighter.findLastIndex(({ messageId }) => messageId === covers) + 1;
  return { messages, leftOut, summarise: { items: lighter.slice(0, end), covers } };
}

/** The newest that fit into half of the room stay; a message is never torn apart. */
function lastToSummarise(items: readonly ContextItem[], budget: number): string | undefined {
  let kept = 0;
  let at = items.length - 1;
  for (; at >= 0; at--) {
    kept += tokensOf(items[at]!.message);
    if (kept > budget / 2) break;
  }
  // What was said last is never summarised away, however long it is.
  const last = items.at(-1)?.messageId;
  for (; at >= 0; at--)
    if (items[at]!.messageId !== last && items[at]!.messageId !== items[at + 1]?.messageId)
      return items[at]!.messageId;
  return undefined;
}
