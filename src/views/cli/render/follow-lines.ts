import type { Task } from '../../../task/task.ts';
import { duration, elapsed } from './duration.ts';
import { figure } from './figure.ts';
import { oneLine } from './plain-text.ts';
import { statusLook } from './status-look.ts';
import { taskNote, tookMs } from './task-note.ts';
import { type Frame, taskBar } from './task-table.ts';
import { textWidth, truncate } from './text-width.ts';

const FIGURE = 14;

/** A task that is followed, as one line with its bar, and its note in a second line where there is one. */
export function followLines(task: Task, frame: Frame): string[] {
  const { paint, columns, now, step } = frame;
  const look = statusLook(task);
  const word = `${look.symbol} ${look.word}`;
  const usual = task.expected ? ` of ~${duration(task.expected.medianMs)}` : '';
  const time = `${elapsed(tookMs(task, now))}${usual}`;
  const measure = figure(task.progress, FIGURE);
  const texts = [word, ...(measure ? [measure] : []), time];
  const used = texts.reduce((sum, text) => sum + textWidth(text) + 2, 0);
  const width = Math.min(40, columns - 1 - used);
  const bar = width >= 6 ? [paint(taskBar(task, width, step), look.colour)] : [];
  const line = [paint(word, look.colour), ...bar, ...(measure ? [measure] : []), paint(time, 'dim')].join(
    '  ',
  );
  const note = taskNote(task, now);
  return note ? [line, paint(truncate(`  ${note}`, columns - 1), 'dim')] : [line];
}

/** How a task ended, in one line. */
export function endLine(task: Task, { paint, now }: Pick<Frame, 'paint' | 'now'>): string {
  const look = statusLook(task);
  const head = paint(`${look.symbol} ${look.word}`, look.colour);
  const words = task.failure?.message ?? task.statusMessage;
  return `${head} after ${duration(tookMs(task, now))}${words ? `: ${oneLine(words)}` : ''}`;
}
