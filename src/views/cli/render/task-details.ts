import type { Task } from '../../../task/task.ts';
import { duration, elapsed, roughly } from './duration.ts';
import { figure, fractionOf } from './figure.ts';
import { oneLine } from './plain-text.ts';
import { questionLines } from './question-lines.ts';
import { isActive, statusLook } from './status-look.ts';
import { taskNote, tookMs } from './task-note.ts';
import { type Frame, taskBar } from './task-table.ts';
import { truncate } from './text-width.ts';

/** All that is known of a task, a fact per line; its result stands elsewhere. */
export function taskDetails(task: Task, frame: Frame): string[] {
  const { paint, now } = frame;
  const look = statusLook(task);
  const { source } = task;
  const args = source.args && Object.keys(source.args).length > 0 ? JSON.stringify(source.args) : '';
  const facts: (readonly [string, string | undefined])[] = [
    ['id', task.id],
    ['work', [source.server, source.tool].filter(Boolean).join('.') || source.type],
    ['arguments', args],
    ['session', task.sessionId],
    ['part of', task.parentId],
    ['started', task.startedAt],
    ['ended', task.endedAt],
    ['time', timeText(task, now)],
    ['progress', progressText(task, frame)],
    ['note', taskNote({ ...task, result: undefined } as Task, now)],
    ['last sign', isActive(task) ? `${roughly(now - Date.parse(task.aliveAt))} ago` : undefined],
    ['cancel', isActive(task) ? cancelText(task.cancel) : undefined],
    ['delivery', task.delivery.error ?? (task.delivery.state === 'none' ? undefined : task.delivery.state)],
  ];
  const lines = facts.flatMap(([name, value]) =>
    value
      ? [`${paint(name.padEnd(10), 'dim')} ${truncate(oneLine(value), Math.max(60, frame.columns - 12))}`]
      : [],
  );
  const head = `${paint(`${look.symbol} ${look.word}`, look.colour)}  ${paint(oneLine(task.title), 'bold')}`;
  const questions = (task.input ?? []).flatMap((question) => ['', ...questionLines(task, question, paint)]);
  return [head, ...lines, ...questions];
}

const CANCEL = {
  none: 'it cannot be asked to stop; `meanwhile stop-waiting` ends the waiting',
  request: 'it can be asked to stop',
  confirmed: 'it stops when asked',
  force: 'only by ending its server (--force)',
} as const;

function cancelText({ support, canForce, requestedAt, answer }: Task['cancel']): string {
  if (requestedAt && answer === 'ignored')
    return `it does not stop${canForce ? '; --force ends its server' : ''}`;
  return `${CANCEL[support]}${canForce && support === 'none' ? ', --force ends its server' : ''}`;
}

function timeText(task: Task, now: number): string {
  const took = tookMs(task, now);
  const usual = task.expected ? `, usually ${duration(task.expected.medianMs)}` : '';
  return `${isActive(task) ? elapsed(took) : duration(took)}${usual}`;
}

function progressText(task: Task, { step }: Frame): string {
  if (!task.progress || !isActive(task)) return '';
  const measure = figure(task.progress, 40);
  if (fractionOf(task.progress) === undefined) return measure;
  return `${taskBar(task, 24, step)} ${measure}`;
}
