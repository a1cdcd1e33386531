import type { LogEntry } from '../../../store/records.ts';
import type { Task } from '../../../task/task.ts';
import { followLines } from '../render/follow-lines.ts';
import { plainText } from '../render/plain-text.ts';
import { newQuestions, questionLines } from '../render/question-lines.ts';
import { changeWords } from '../render/task-changes.ts';
import { BACK, LOST } from './connection-words.ts';
import { liveLines } from './live-lines.ts';
import { repaint } from './repaint.ts';
import type { Output, Shell } from './shell.ts';
import { writeLines } from './write-text.ts';

/** Where the progress of one task is shown while it is followed. */
export interface TaskDisplay {
  task(task: Task): void;
  log(entries: readonly LogEntry[]): void;
  connection(state: 'lost' | 'back'): void;
  note(text: string): void;
  /** Gives the terminal away, for a question; what comes meanwhile is shown after it. */
  pause(): void;
  resume(): void;
  close(): void;
}

/** On a terminal a bar with the log above it; in a pipe plain lines; with `silent` (for `--json`) only notes. */
export function taskDisplay({ stderr }: Shell, silent: boolean): TaskDisplay {
  return stderr.interactive && !silent ? barDisplay(stderr) : lineDisplay(stderr, silent);
}

function barDisplay(output: Output): TaskDisplay {
  let shown: Task | undefined;
  let lostAt: number | undefined;
  let waiting = '';
  let drawn: ReturnType<typeof draw> | undefined = draw();

  function draw() {
    const live = liveLines(output);
    const painter = repaint(output, (step) => {
      if (!shown) return;
      const { columns, paint } = output;
      // Without a connection nobody knows whether the work goes on: its time stands still.
      const lines = followLines(shown, { columns, now: lostAt ?? Date.now(), step, paint });
      live.paint(lostAt === undefined ? lines : [...lines, paint(LOST, 'yellow')]);
    });
    return { live, painter };
  }
  function pause() {
    drawn?.painter.stop();
    drawn?.live.close('wipe');
    drawn = undefined;
  }
  return {
    task(task) {
      shown = task;
      drawn?.painter.soon();
    },
    log(entries) {
      const text = entries
        .filter(isWorthALine)
        .map((entry) => `${logText(entry)}\n`)
        .join('');
      if (text === '') return;
      if (drawn) drawn.live.above(text);
      else waiting += text;
    },
    connection(state) {
      lostAt = state === 'lost' ? Date.now() : undefined;
      drawn?.painter.soon();
    },
    note: (text) => (drawn ? drawn.live.above(text) : output.write(`${text}\n`)),
    pause,
    resume() {
      drawn ??= draw();
      if (waiting !== '') drawn.live.above(waiting);
      waiting = '';
    },
    close: pause,
  };
}

function lineDisplay(output: Output, silent: boolean): TaskDisplay {
  let last: Task | undefined;
  return {
    task(task) {
      const words = changeWords(last, task, Date.now());
      const asked = newQuestions(last, task);
      last = task;
      if (silent) return;
      if (words && !task.endedAt) output.write(`${words}\n`);
      for (const question of asked) writeLines(output, questionLines(task, question, output.paint));
    },
    log(entries) {
      if (!silent) for (const entry of entries.filter(isWorthALine)) output.write(`${logText(entry)}\n`);
    },
    connection: (state) => output.write(`${state === 'lost' ? LOST : BACK}\n`),
    note: (text) => output.write(`${text}\n`),
    pause() {},
    resume() {},
    close() {},
  };
}

/** Progress and changes of status are shown by the bar, or by lines of their own. */
const isWorthALine = (entry: LogEntry): boolean => entry.kind !== 'progress' && entry.kind !== 'status';

export const logText = (entry: LogEntry): string => plainText(entry.text).trimEnd();
