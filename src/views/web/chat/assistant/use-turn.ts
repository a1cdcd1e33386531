import { useCallback } from 'react';
import { records } from '../../data/records.ts';
import type { Message, TurnUsage } from '../../data/types.ts';
import { useRecords } from '../../hooks/use-record.ts';
import { sumUsage } from './usage.ts';

/** The steps of a turn, as far as they are known here. */
const stepsOf = (all: readonly Message[], turnId: string): readonly Message[] =>
  all.filter(({ turn, supersededBy }) => turn?.id === turnId && supersededBy === undefined);

/** The step of the turn that goes on in a chat, or waits there for a person. */
export function useOpenStep(sessionId: string | undefined): Message | undefined {
  return useRecords(
    'message',
    useCallback(
      (all: readonly Message[]) =>
        all.find(
          ({ sessionId: at, turn, supersededBy }) =>
            at === sessionId &&
            supersededBy === undefined &&
            (turn?.state === 'running' || turn?.state === 'waiting'),
        ),
      [sessionId],
    ),
  );
}

/** What a whole turn took, and from when to when. */
export function useTurnTotal(turnId: string): { usage: TurnUsage | undefined; tookMs: number } {
  return useRecords(
    'message',
    useCallback(
      (all: readonly Message[]) => {
        const turns = stepsOf(all, turnId).flatMap(({ turn }) => (turn === undefined ? [] : [turn]));
        const began = Math.min(...turns.map(({ startedAt }) => Date.parse(startedAt)));
        const ended = Math.max(
          ...turns.map(({ endedAt }) => (endedAt === undefined ? 0 : Date.parse(endedAt))),
        );
        return { usage: sumUsage(turns.map(({ usage }) => usage)), tookMs: Math.max(0, ended - began) };
      },
      [turnId],
    ),
    (a, b) =>
      a.tookMs === b.tookMs &&
      a.usage?.inputTokens === b.usage?.inputTokens &&
      a.usage?.outputTokens === b.usage?.outputTokens &&
      a.usage?.cost === b.usage?.cost,
  );
}

/** All that was said in words in the turn of a message, or in the message itself. */
export function wordsOf(message: Message): string {
  const { turn } = message;
  const steps = turn === undefined ? [message] : stepsOf(records.all('message'), turn.id);
  return [...steps]
    .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
    .flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'text' ? [part.text.trim()] : [])))
    .join('\n\n');
}
