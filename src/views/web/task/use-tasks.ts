import { useCallback } from 'react';
import type { Task } from '../data/types.ts';
import { useRecords } from '../hooks/use-record.ts';
import { isActive } from './view.ts';

/** How many tasks go on, and whether one of them needs somebody. */
export function useRunning(): { count: number; needsYou: boolean } {
  const count = useRecords('task', countActive);
  const needsYou = useRecords('task', anyNeeds);
  return { count, needsYou };
}

const countActive = (all: readonly Task[]): number => all.filter(isActive).length;
const anyNeeds = (all: readonly Task[]): boolean => all.some((task) => task.status === 'input_required');

/** How many tasks of a session go on. */
export function useRunningIn(sessionId: string): number {
  return useRecords(
    'task',
    useCallback(
      (all: readonly Task[]) => all.filter((task) => task.sessionId === sessionId && isActive(task)).length,
      [sessionId],
    ),
  );
}

/** Whether a task of a session waits for an answer. */
export function useNeedsYouIn(sessionId: string): boolean {
  return useRecords(
    'task',
    useCallback(
      (all: readonly Task[]) => anyNeeds(all.filter((task) => task.sessionId === sessionId)),
      [sessionId],
    ),
  );
}
