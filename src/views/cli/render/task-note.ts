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
  if (task.status === 'input_required') return questionNote(task);
  if (task.contactLost) return `no contact since ${clock(task.contactLost.since)}; looking for it`;
  if (task.cancel.requestedAt) return stopNote(task.cancel, now - Date.parse(task.cancel.requestedAt));
  const silentMs = now - Date.parse(task.aliveAt);
  if (silentMs > QUIET_AFTER_MS) return `no sign of life for ${roughly(silentMs)}`;
  return task.progress?.message ?? task.statusMessage ?? '';
}

function questionNote({ input = [], statusMessage }: Task): string {
  const words = input[0]?.message.trim() || statusMessage || 'waits for your answer';
  return input.length > 1 ? `${words} (and ${input.length - 1} more)` : words;
}

/** How far a stop has come. */
function stopNote({ answer, note }: Task['cancel'], askedMs: number): string {
  const asked = askedMs < 2_000 ? 'asked to stop' : `asked to stop ${roughly(askedMs)} ago`;
  switch (answer) {
    case 'acknowledged':
      return `${asked}; the server has heard it`;
    case 'ignored':
      return 'goes on although it was asked to stop';
    case 'stopped':
      return 'the server says that it has stopped';
    case 'assumed':
      return `${asked}; nothing was heard since`;
    case undefined:
      return note ?? asked;
  }
}

const clock = (iso: string): string => new Date(iso).toTimeString().slice(0, 5);

function endedNote(task: Task): string {
  if (task.status === 'lost') return task.statusMessage ?? 'how it ended is not known';
  const { failure, statusMessage, result, cancel } = task;
  if (failure ?? statusMessage) return failure?.message ?? statusMessage ?? '';
  if (cancel.requestedAt && task.status === 'completed') return 'completed although it was asked to stop';
  if (cancel.requestedAt && task.status === 'cancelled')
    return cancel.answer === 'stopped' ? 'the server confirmed it' : 'the server did not confirm it';
  return result?.preview.slice(0, 300) ?? '';
}

/** How long the work has taken so far, or took in all. */
export function tookMs(task: Pick<Task, 'startedAt' | 'endedAt'>, now: number): number {
  return (task.endedAt ? Date.parse(task.endedAt) : now) - Date.parse(task.startedAt);
}
