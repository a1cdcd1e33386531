import type { Status } from '../../../task/status.ts';
import type { Task } from '../../../task/task.ts';

/** Which tasks are meant; what is left out does not narrow. */
export interface TaskFilter {
  readonly statuses?: readonly Status[];
  readonly session?: string;
  readonly server?: string;
  /** Words that all must occur at the start of a word of title, tool, arguments or result. */
  readonly words?: string;
}

/** The same question that the API answers for a page, asked of one task that just changed. */
export function fitsFilter(task: Task, filter: TaskFilter): boolean {
  if (filter.statuses && !filter.statuses.includes(task.status)) return false;
  if (filter.session && task.sessionId !== filter.session) return false;
  if (filter.server && task.source.server !== filter.server) return false;
  return !filter.words || hasWords(task, filter.words);
}

function hasWords(task: Task, words: string): boolean {
  const { source, title, result } = task;
  const text = [title, source.server, source.tool, JSON.stringify(source.args ?? {}), result?.preview];
  const parts = wordsOf(text.join(' '));
  return wordsOf(words).every((wanted) => parts.some((part) => part.startsWith(wanted)));
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
