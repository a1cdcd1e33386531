import type { Message, Session } from '../../src/store/records.ts';
import type { Task } from '../../src/task/task.ts';
import type { CallAnswer, MessagePage } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import type { Board } from './board.ts';
import type { FixtureServer } from './fixture-server.ts';
import { outcome } from './outcome.ts';
import type { Truth } from './rows.ts';

const READY_WITHIN_MS = 15_000;
const END_WITHIN_MS = 25_000;

export interface Scenario {
  readonly title: string;
  readonly tool: string;
  /** `path` is a file that the cell may make. */
  args(path: string): Readonly<Record<string, unknown>>;
  /** What happens in the middle of the call. Without it the call just runs. */
  during?(cell: Cell): Promise<void>;
  /** What the cell comes to; the status and its reason where nothing else is said. */
  sees?(task: Task, cell: Cell): string | Promise<string>;
  /** What the result must say, where there is one. */
  readonly text: string;
  readonly truth: Truth;
}

/** One call of one server, while its scenario runs. */
export interface Cell {
  readonly api: Board['api'];
  readonly sessionId: string;
  readonly taskId: string;
  /** The file that the cell may make. */
  readonly path: string;
  readonly server: FixtureServer;
  task(): Promise<Task>;
  cancel(): Promise<void>;
}

/** What a cell came to, and what was wrong with it beside that. */
export interface Seen {
  readonly word: string;
  readonly wrong: readonly string[];
}

export const failed = (error: unknown): Seen => ({ word: 'no end', wrong: [String(error)] });

/** Calls the tool of a scenario in a session of its own. @throws {Error} when the call does not become a task */
export async function begin(
  board: Board,
  entry: string,
  server: FixtureServer,
  { tool, args }: Scenario,
  path: string,
): Promise<Cell> {
  const { api } = board;
  const { id: sessionId } = (await api.post<Session>('/api/sessions', {})).body;
  const ready = async () => {
    const { state, tools } = await board.server(entry);
    return state === 'ready' && tools.some(({ name }) => name === tool);
  };
  await eventually(ready, READY_WITHIN_MS).catch(async () => {
    const { state, error } = await board.server(entry);
    throw new Error(`${entry} is ${state}: ${error?.message ?? `no tool ${tool}`}`);
  });
  const { status, body } = await api.post<CallAnswer>(`/api/servers/${entry}/tools/${tool}`, {
    arguments: args(path),
    sessionId,
  });
  const { taskId } = body;
  if (taskId === undefined) throw new Error(`no task, but ${status} ${JSON.stringify(body)}`);
  return cellOf(board, { sessionId, taskId, path, server });
}

/** A call that has begun, maybe before the host that shows it was started. */
export function cellOf(board: Board, call: Pick<Cell, 'sessionId' | 'taskId' | 'path' | 'server'>): Cell {
  const { api } = board;
  return {
    ...call,
    api,
    task: () => board.task(call.taskId),
    async cancel() {
      const { status, body } = await api.post(`/api/tasks/${call.taskId}/cancel`, {});
      if (status !== 202) throw new Error(`cancel was refused: ${JSON.stringify(body)}`);
    },
  };
}

/** Runs the middle and the end of a cell, and looks at all that must be true of every end. */
export async function finish(cell: Cell, scenario: Scenario): Promise<Seen> {
  await scenario.during?.(cell);
  const told = async () => {
    const task = await cell.task();
    return task.endedAt !== undefined && task.delivery.state !== 'pending' && task;
  };
  const task = await eventually(told, END_WITHIN_MS).catch(async () => {
    const { status, contactLost, input } = await cell.task();
    throw new Error(`it did not end: ${JSON.stringify({ status, contactLost, input })}`);
  });
  const word = await (scenario.sees?.(task, cell) ?? outcome(task));
  return { word, wrong: [...wrongIn(task, scenario), ...(await wrongDelivery(cell, task))] };
}

function wrongIn(task: Task, { text }: Scenario): string[] {
  const said = `${task.result?.preview ?? ''}${task.failure?.message ?? ''}`;
  const speaks = task.status === 'completed' || task.result !== undefined;
  const { answer } = task.cancel;
  const words = 'although it was asked to stop';
  return [
    ...(speaks && !said.includes(text) ? [`the result says “${said}”`] : []),
    ...(task.status === 'completed' && answer === 'ignored' && !task.statusMessage?.includes(words)
      ? [`the status message does not say “${words}”`]
      : []),
    ...(task.status === 'lost' && task.statusMessage === undefined ? ['lost without a word'] : []),
  ];
}

/** The end is told once, in the session of the call. */
async function wrongDelivery({ api, sessionId, taskId }: Cell, task: Task): Promise<string[]> {
  const { body } = await api.get<MessagePage>(`/api/sessions/${sessionId}/messages?limit=200`);
  const told = (body.messages as Message[]).filter((message) => message.taskId === taskId);
  return [
    ...(task.delivery.state === 'delivered' ? [] : [`the delivery is ${task.delivery.state}`]),
    ...(told.length === 1 ? [] : [`it was told ${told.length} times`]),
  ];
}
