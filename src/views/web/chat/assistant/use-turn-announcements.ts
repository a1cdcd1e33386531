import { useCallback, useEffect, useRef } from 'react';
import { announcement } from '../../data/announce.ts';
import type { Message } from '../../data/types.ts';
import { useRecords } from '../../hooks/use-record.ts';
import { standing, turnMilestone } from './turn-milestone.ts';

/** Tells aloud where a turn has come to: that it waits, and how it ended. Never its words, which come in pieces. */
export function useTurnAnnouncements(sessionId: string): void {
  const state = useRecords(
    'message',
    useCallback(
      (all: readonly Message[]) => {
        const newest = all
          .filter((each) => each.sessionId === sessionId && each.turn && each.supersededBy === undefined)
          .reduce<Message | undefined>(
            (last, each) => (last === undefined || each.createdAt > last.createdAt ? each : last),
            undefined,
          );
        if (newest?.turn === undefined) return '';
        return standing(
          newest.id,
          newest.turn.state,
          newest.parts.some(({ type }) => type === 'use'),
        );
      },
      [sessionId],
    ),
  );
  const before = useRef(state);
  useEffect(() => {
    const words = turnMilestone(before.current, state);
    before.current = state;
    if (words !== undefined) announcement.set(words);
  }, [state]);
}
