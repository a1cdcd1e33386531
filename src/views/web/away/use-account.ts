import { useCallback } from 'react';
import { records } from '../data/records.ts';
import type { Session } from '../data/types.ts';
import { useRecords } from '../hooks/use-record.ts';
import { type AwayAccount, accountOf } from './account.ts';

/** The account as it stands now. Progress alone does not change it: only who stands in which group. */
export function useAccount(sinceMs: number): AwayAccount {
  const derive = useCallback(() => read(sinceMs), [sinceMs]);
  useRecords('task', derive, same);
  useRecords('assignment', derive, same);
  useRecords('message', derive, same);
  return read(sinceMs);
}

const read = (sinceMs: number): AwayAccount =>
  accountOf(records.all('task'), records.all('assignment'), asking(), sinceMs);

function asking(): readonly Session[] {
  const waiting = records
    .all('message')
    .filter(({ turn, supersededBy }) => turn?.state === 'waiting' && supersededBy === undefined);
  return [...new Set(waiting.map(({ sessionId }) => sessionId))].flatMap(
    (id) => records.get('session', id) ?? [],
  );
}

const same = (a: AwayAccount, b: AwayAccount): boolean => key(a) === key(b);

const key = ({ ended, needs, asking: chats, running, disabled, next }: AwayAccount): string =>
  JSON.stringify([
    ended.map(({ outcome, tasks }) => [outcome, tasks.map(({ id }) => id)]),
    needs.map(({ id }) => id),
    chats.map(({ id }) => id),
    running.map(({ id }) => id),
    disabled.map(({ id }) => id),
    next.map(({ id, nextDueAt }) => [id, nextDueAt]),
  ]);
