import type { Message } from '../../data/types.ts';

/** Where a step of the assistant stands: `between` steps of its turn, `last` of it, or `newest` of the whole chat. */
export type Place = 'between' | 'last' | 'newest';

export interface Row {
  readonly id: string;
  /** Only of steps. */
  readonly place?: Place;
}

/**
 * The messages that are shown, oldest first. What was said anew hides what it stands for, and a call that the assistant
 * made is shown where it asked for it.
 */
export function rowsOf(messages: readonly Message[]): readonly Row[] {
  const shown = messages.filter(({ supersededBy }) => supersededBy === undefined).sort(byTime);
  const asked = new Set(
    shown.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.type === 'use' && part.messageId !== undefined ? [part.messageId] : [])),
    ),
  );
  const lastOfTurn = new Map<string, string>();
  for (const { turn, id } of shown) if (turn !== undefined) lastOfTurn.set(turn.id, id);
  const newest = shown.findLast(({ turn }) => turn !== undefined)?.id;
  return shown
    .filter(({ id }) => !asked.has(id))
    .map(({ id, turn }): Row => {
      if (turn === undefined) return { id };
      if (id === newest) return { id, place: 'newest' };
      return { id, place: lastOfTurn.get(turn.id) === id ? 'last' : 'between' };
    });
}

export const sameRows = (a: readonly Row[], b: readonly Row[]): boolean =>
  a.length === b.length && a.every((row, at) => row.id === b[at]?.id && row.place === b[at]?.place);

function byTime(a: Message, b: Message): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
