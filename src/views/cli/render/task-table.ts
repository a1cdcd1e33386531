import type { Task } from '../../../task/task.ts';
import { bar, wanderingBar } from './bar.ts';
import type { Paint } from './colour.ts';
import { duration, elapsed } from './duration.ts';
import { figure, fractionOf } from './figure.ts';
import { oneLine } from './plain-text.ts';
import { shortId } from './short-id.ts';
import { isActive, statusLook, WORD_WIDTH } from './status-look.ts';
import { type TableLayout, tableLayout } from './table-layout.ts';
import { taskNote, tookMs } from './task-note.ts';
import { pad } from './text-width.ts';

/** What a table is drawn with. `step` moves what has no measure; `columns` is the terminal's width. */
export interface Frame {
  readonly columns: number;
  readonly now: number;
  readonly step: number;
  readonly paint: Paint;
}

/** The names of the columns; none where the terminal is too narrow for them. */
export function taskHeader({ columns, paint }: Frame): string[] {
  const layout = tableLayout(columns);
  if (layout.id === 0) return [];
  const cells = [
    pad('ID', layout.id),
    pad('STATUS', WORD_WIDTH + 2),
    pad('TITLE', layout.title),
    pad('PROGRESS', layout.bar + 1 + layout.figure),
    pad('TIME', layout.time, 'right'),
    ...(layout.note ? [pad('NOTE', layout.note)] : []),
  ];
  return [paint(cells.join('  ').trimEnd(), 'dim')];
}

/** One task in one line that fits the terminal. */
export function taskLine(task: Task, frame: Frame): string {
  const { paint, now } = frame;
  const layout = tableLayout(frame.columns);
  const look = statusLook(task);
  const title = pad(oneLine(task.title), layout.title);
  const took = tookMs(task, now);
  const time = pad(isActive(task) ? elapsed(took) : duration(took), layout.time, 'right');
  if (layout.id === 0) {
    const measure = isActive(task) ? figure(task.progress, layout.figure) : '';
    return `${paint(look.symbol, look.colour)} ${title} ${pad(measure, layout.figure, 'right')} ${paint(time, 'dim')}`;
  }
  const cells = [
    paint(shortId(task.id), 'dim'),
    paint(pad(`${look.symbol} ${look.word}`, WORD_WIDTH + 2), look.colour),
    title,
    middle(task, layout, frame),
    paint(time, 'dim'),
  ];
  if (layout.note) cells.push(paint(pad(taskNote(task, now), layout.note).trimEnd(), noteColour(task)));
  return cells.join('  ');
}

/** Bar and figure while the work goes on; otherwise its note, if that has no column of its own. */
function middle(task: Task, layout: TableLayout, { paint, now, step }: Frame): string {
  const width = layout.bar + 1 + layout.figure;
  if (task.status !== 'working') {
    return paint(pad(layout.note ? '' : taskNote(task, now), width), noteColour(task));
  }
  const measure = pad(figure(task.progress, layout.figure), layout.figure, 'right');
  return `${paint(taskBar(task, layout.bar, step), statusLook(task).colour)} ${measure}`;
}

/** The bar of a task that goes on; work that waits for an answer, or is out of contact, does not seem to move. */
export function taskBar(task: Task, width: number, step: number): string {
  const fraction = fractionOf(task.progress);
  if (fraction !== undefined) return bar(fraction, width);
  return task.status === 'input_required' || task.contactLost ? '░'.repeat(width) : wanderingBar(step, width);
}

const noteColour = (task: Task) =>
  task.status === 'failed' ? 'red' : task.status === 'input_required' ? 'yellow' : 'dim';
