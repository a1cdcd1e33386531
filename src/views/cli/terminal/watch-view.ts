import type { Task } from '../../../task/task.ts';
import type { TaskFilter } from '../client/task-filter.ts';
import { boardLines, boardOf } from '../render/board.ts';
import { oneLine } from '../render/plain-text.ts';
import { isActive } from '../render/status-look.ts';
import { changeWords } from '../render/task-changes.ts';
import { BACK, LOST } from './connection-words.ts';
import { liveLines } from './live-lines.ts';
import { repaint } from './repaint.ts';
import type { Output, Shell } from './shell.ts';

/** Where the watched tasks are shown. */
export interface WatchView {
  /** All that is there, at the beginning and again when the feed had a gap. */
  start(tasks: readonly Task[]): void;
  /** `text` is the task as the API sent it. */
  changed(task: Task, text: string): void;
  /** A task that does not fit the filter any more. */
  gone(id: string): void;
  connection(state: 'lost' | 'back'): void;
  close(): void;
}

const ENDED_SHOWN = 5;

export function watchView(shell: Shell, filter: TaskFilter, json: boolean): WatchView {
  if (json) return jsonView(shell);
  return shell.stdout.interactive ? tableView(shell.stdout, filter) : lineView(shell);
}

/** A table that is painted over in place. */
function tableView(output: Output, filter: TaskFilter): WatchView {
  const live = liveLines(output);
  const known = new Map<string, Task>();
  let lostAt: number | undefined;
  const painter = repaint(output, (step) => {
    const { columns, rows, paint } = output;
    // Without a connection nobody knows whether the work goes on: its times stand still.
    const now = lostAt ?? Date.now();
    const state = lostAt === undefined ? [] : [paint(lostWords(Date.now() - lostAt), 'yellow')];
    const board = boardOf(known.values());
    for (const task of board.ended.slice(ENDED_SHOWN)) known.delete(task.id);
    const shown = { active: board.active, ended: board.ended.slice(0, ENDED_SHOWN) };
    const lines = boardLines(
      shown,
      { columns, now, step, paint },
      {
        rows: rows - 1 - state.length,
        filter,
      },
    );
    live.paint([...lines, ...state]);
  });
  const put = (task: Task) => {
    if ((known.get(task.id)?.seq ?? -1) <= task.seq) known.set(task.id, task);
  };
  return {
    start(tasks) {
      known.clear();
      tasks.forEach(put);
      painter.soon();
    },
    changed(task) {
      put(task);
      painter.soon();
    },
    gone(id) {
      if (known.delete(id)) painter.soon();
    },
    connection(state) {
      lostAt = state === 'lost' ? Date.now() : undefined;
      painter.soon();
    },
    close() {
      painter.stop();
      live.close();
    },
  };
}

const lostWords = (ms: number): string =>
  `${LOST.slice(0, -1)} (what you see is ${Math.floor(ms / 1_000)} s old).`;

/** One plain line for each change worth a word. */
function lineView({ stdout, stderr }: Shell): WatchView {
  const known = new Map<string, Task>();
  const changed = (task: Task) => {
    const words = changeWords(known.get(task.id), task, Date.now());
    if (isActive(task)) known.set(task.id, task);
    else known.delete(task.id);
    if (words) stdout.write(`${new Date().toISOString()} ${task.id} ${oneLine(task.title)}: ${words}\n`);
  };
  return {
    start: (tasks) => tasks.filter((task) => isActive(task) || known.has(task.id)).forEach(changed),
    changed,
    gone: (id) => void known.delete(id),
    connection: (state) => stderr.write(`${state === 'lost' ? LOST : BACK}\n`),
    close() {},
  };
}

/** Each task as the API sends it, one per line. */
function jsonView({ stdout, stderr }: Shell): WatchView {
  return {
    start(tasks) {
      for (const task of tasks.filter(isActive)) stdout.write(`${JSON.stringify(task)}\n`);
    },
    changed: (_task, text) => stdout.write(`${text}\n`),
    gone() {},
    connection: (state) => stderr.write(`${state === 'lost' ? LOST : BACK}\n`),
    close() {},
  };
}
