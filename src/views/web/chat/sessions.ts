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
