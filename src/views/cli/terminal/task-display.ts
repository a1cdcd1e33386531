import type { LogEntry } from '../../../store/records.ts';
import type { Task } from '../../../task/task.ts';
import { followLines } from '../render/follow-lines.ts';
import { plainText } from '../render/plain-text.ts';
import { changeWords } from '../render/task-changes.ts';
import { BACK, LOST } from './connection-words.ts';
import { liveLines } from './live-lines.ts';
import { repaint } from './repaint.ts';
import type { Output, Shell } from './shell.ts';

/** Where the progress of one task is shown while it is followed. */
export interface TaskDisplay {
  task(task: Task): void;
  log(entries: readonly LogEntry[]): void;
  connection(state: 'lost' | 'back'): void;
  note(text: string): void;
  close(): void;
}

/** On a terminal a bar with the log above it; in a pipe plain lines; with `silent` (for `--json`) only notes. */
export function taskDisplay({ stderr }: Shell, silent: boolean): TaskDisplay {
  return stderr.interactive && !silent ? barDisplay(stderr) : lineDisplay(stderr, silent);
}

function barDisplay(output: Output): TaskDisplay {
  const live = liveLines(output);
  let shown: Task | undefined;
  let lostAt: number | undefined;
  const painter = repaint(output, (step) => {
    if (!shown) return;
    const { columns, paint } = output;
    // Without a connection nobody knows whether the work goes on: its time stands still.
    const lines = followLines(shown, { columns, now: lostAt ?? Date.now(), step, paint });
    live.paint(lostAt === undefined ? lines : [...lines, paint(LOST, 'yellow')]);
  });
  return {
    task(task) {
      shown = task;
      painter.soon();
    },
    log(entries) {
      const text = entries.filter(isWorthALine).map((entry) => `${logText(entry)}\n`);
      if (text.length > 0) live.above(text.join(''));
    },
    connection(state) {
      lostAt = state === 'lost' ? Date.now() : undefined;
      painter.soon();
    },
    note: (text) => live.above(text),
    close() {
      painter.stop();
      live.close('wipe');
    },
  };
}

function lineDisplay(output: Output, silent: boolean): TaskDisplay {
  let last: Task | undefined;
  return {
    task(task) {
      const words = changeWords(last, task, Date.now());
      last = task;
      if (words && !task.endedAt && !silent) output.write(`${words}\n`);
    },
    log(entries) {
      if (!silent) for (const entry of entries.filter(isWorthALine)) output.write(`${logText(entry)}\n`);
    },
    connection: (state) => output.write(`${state === 'lost' ? LOST : BACK}\n`),
    note: (text) => output.write(`${text}\n`),
    close() {},
  };
}

/** Progress and changes of status are shown by the bar, or by lines of their own. */
const isWorthALine = (entry: LogEntry): boolean => entry.kind !== 'progress' && entry.kind !== 'status';

export const logText = (entry: LogEntry): string => plainText(entry.text).trimEnd();
