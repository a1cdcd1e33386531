import type { Task } from '../../../task/task.ts';
import { roughly } from './duration.ts';
import { oneLine } from './plain-text.ts';
import { isActive } from './status-look.ts';

/** Silence for longer than this is worth a word. */
const QUIET_AFTER_MS = 60_000;

/** The one thing most worth saying of a task beside its status, in one line; '' where there is nothing. */
export function taskNote(task: Task, now: number): string {
  return oneLine(isActive(task) ? activeNote(task, now) : endedNote(task));
}

function activeNote(task: Task, now: number): string {
  if (task.cancel.requestedAt) {
    const askedMs = now - Date.parse(task.cancel.requestedAt);
    return task.cancel.note ?? (askedMs < 2_000 ? 'asked to stop' : `asked to stop ${roughly(askedMs)} ago`);
  }
  if (task.status === 'input_required') return task.statusMessage ?? 'waits for your answer';
  const silentMs = now - Date.parse(task.aliveAt);
  if (silentMs > QUIET_AFTER_MS) return `no sign of life for ${roughly(silentMs)}`;
  return task.progress?.message ?? task.statusMessage ?? '';
}

function endedNote(task: Task): string {
  return task.failure?.message ?? task.statusMessage ?? task.result?.preview.slice(0, 300) ?? '';
}

/** How long the work has taken so far, or took in all. */
export function tookMs(task: Pick<Task, 'startedAt' | 'endedAt'>, now: number): number {
  return (task.endedAt ? Date.parse(task.endedAt) : now) - Date.parse(task.startedAt);
}
