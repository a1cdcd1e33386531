import { existsSync, writeFileSync } from 'node:fs';
import type { Task } from '../../src/task/task.ts';
import { eventually } from '../support/eventually.ts';
import { answerAll } from './answer-all.ts';
import type { Cell, Scenario } from './cell.ts';
import { succeeded } from './outcome.ts';

/* What is done with each server, and what is true of most. */

export type ScenarioName = keyof typeof SCENARIOS;

const none = () => ({});
const path = (path: string) => ({ path });
const make = (file: string) => writeFileSync(file, '');
const FORM = 'name: accept {"name":"Ada"}';

/** How long a tool that goes on is given to show it. */
const GOES_ON_WITHIN_MS = 6_000;

async function progressSeen(task: Task, { api, taskId }: Cell): Promise<string> {
  const { value, total } = task.progress ?? {};
  if (value === 4 && total === 4) return 'every step';
  const log = await api.get<{ entries: { text: string }[] }>(`/api/tasks/${taskId}/log?limit=1000`);
  return log.body.entries.some(({ text }) => /step [1-4] of 4/.test(text)) ? 'in words' : 'none';
}

export const SCENARIOS = {
  progress: {
    title: 'progress',
    tool: 'steps',
    args: none,
    text: 'did 4 steps',
    sees: progressSeen,
    truth: 'every step',
  },
  result: { title: 'result', tool: 'steps', args: none, text: 'did 4 steps', truth: 'completed' },
  toolError: { title: 'error of the tool', tool: 'fail', args: none, text: 'it failed', truth: 'tool_error' },
  protocolError: {
    title: 'error of the server',
    tool: 'broken',
    args: none,
    text: 'it is broken',
    truth: 'protocol_error',
  },
  form: {
    title: 'asks',
    tool: 'ask',
    args: none,
    during: answerAll,
    sees: succeeded('answered'),
    text: FORM,
    truth: 'answered',
  },
  two: {
    title: 'asks twice at once',
    tool: 'ask_twice',
    args: none,
    async during(cell) {
      await eventually(async () => (await cell.task()).input?.length === 2);
      await answerAll(cell);
    },
    sees: succeeded('answered'),
    text: `${FORM}; town: accept {"town":"Ada"}`,
    truth: 'answered',
  },
  page: {
    title: 'asks to open a page',
    tool: 'ask_url',
    args: none,
    during: answerAll,
    sees: succeeded('answered'),
    text: 'page: accept',
    truth: 'answered',
  },
  stops: {
    title: 'stops when asked',
    tool: 'hold',
    args: (mark: string) => ({ mark }),
    async during({ cancel, path }) {
      await cancel();
      await eventually(() => existsSync(path)); // it has reached the tool
    },
    text: '',
    truth: 'assumed',
  },
  ignores: {
    title: 'goes on all the same',
    tool: 'stubborn',
    args: path,
    async during({ cancel, task, path }) {
      await cancel();
      const showed = async () => {
        const { cancel, endedAt } = await task();
        return cancel.answer === 'ignored' || endedAt !== undefined;
      };
      await eventually(showed, GOES_ON_WITHIN_MS).catch(() => {});
      make(path);
    },
    text: 'done all the same',
    truth: 'ignored',
  },
  serverKilled: {
    title: 'server killed',
    tool: 'wait_for',
    args: path,
    async during({ server, path }) {
      await server.killAndRestart();
      make(path);
    },
    sees: succeeded('found again'),
    text: 'the file is there',
    truth: 'lost',
  },
  hostKilled: {
    title: 'Meanwhile killed',
    tool: 'wait_for',
    args: path,
    async during({ path }) {
      make(path);
    },
    sees: succeeded('found again'),
    text: 'the file is there',
    truth: 'lost',
  },
  hostKilledAsking: {
    title: 'Meanwhile killed while it asks',
    tool: 'ask',
    args: none,
    during: answerAll,
    sees: succeeded('found again'),
    text: FORM,
    truth: 'lost',
  },
} as const satisfies Record<string, Scenario>;
