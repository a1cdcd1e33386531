import type { Task } from '../data/types.ts';
import { formatDuration } from '../text/duration.ts';
import { firstLine } from '../text/plain.ts';
import { viewProgress } from '../text/progress.ts';
import { elapsedMs, isActive, isEnded, LOOK_WORDS, lookOf } from './view.ts';

/** What is worth saying aloud of a change: that it started, is half done, needs someone, or ended. Nothing else. */
export function milestone(before: Task | undefined, after: Task, nowMs: number): string | undefined {
  if (before !== undefined && isEnded(before) && before.status === after.status) return undefined;
  if (isEnded(after)) {
    const word = LOOK_WORDS[lookOf(after, nowMs)].toLowerCase();
    return `${after.title}: ${word} after ${formatDuration(elapsedMs(after, nowMs))}`;
  }
  const known = new Set(before?.input?.map(({ key, askedAt }) => `${key} ${askedAt}`));
  const asked = after.input?.find(({ key, askedAt }) => !known.has(`${key} ${askedAt}`));
  if (asked !== undefined) return `${after.title}: needs you. ${firstLine(asked.message)}`.trim();
  if (before === undefined) return isActive(after) ? `${after.title}: started` : undefined;
  if (after.contactLost !== undefined && before.contactLost === undefined)
    return `${after.title}: no contact`;
  const half = (task: Task) => (viewProgress(task.progress).fraction ?? 0) >= 0.5;
  return half(after) && !half(before) ? `${after.title}: half done` : undefined;
}
