import type { Session } from '../data/types.ts';

/** Newest change first. */
export function newestSessions(all: readonly Session[]): readonly Session[] {
  return [...all].sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : 0));
}

/** The chat that the first page opens. */
export function newestChatId(all: readonly Session[]): string | undefined {
  const sorted = newestSessions(all);
  return (sorted.find((session) => session.kind === 'chat') ?? sorted[0])?.id;
}

/** Those whose title has every word of the search, from its beginning on. */
export function foundChats(all: readonly Session[], search: string): readonly Session[] {
  const wanted = wordsOf(search);
  return all.filter(({ title }) => {
    const there = wordsOf(title);
    return wanted.every((word) => there.some((each) => each.startsWith(word)));
  });
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
