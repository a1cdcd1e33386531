import type { Task } from '../../../task/task.ts';
import { duration } from './duration.ts';
import { figure } from './figure.ts';
import { oneLine } from './plain-text.ts';
import { taskNote, tookMs } from './task-note.ts';

/** One line per task for other programs: id, status, progress, time, title and note, with tabs between. */
export function taskRows(tasks: readonly Task[], now: number): string[] {
  return tasks.map((task) =>
    [
      task.id,
      task.status,
      figure(task.progress, 40),
      duration(tookMs(task, now)),
      oneLine(task.title),
      taskNote(task, now),
    ].join('\t'),
  );
}
