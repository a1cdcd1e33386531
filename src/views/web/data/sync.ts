import { ACTIVE_STATUSES } from '../../../task/status.ts';
import { isActive } from '../task/view.ts';
import { api } from './api.ts';
import { ProblemError } from './client.ts';
import { connection } from './connection.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import { hostNow } from './host-clock.ts';
import { createObservable } from './observable.ts';
import { records } from './records.ts';
import type { Task } from './types.ts';

/** More active tasks than these come in by the stream, as they change. */
const MAX_ACTIVE_PAGES = 10;

/** What is wrong with mcp.json, as the host tells it with the list of servers. */
export const configError = createObservable<string | null>(null);
/** Goes up when everything was fetched anew, so that pages fetch theirs again. */
export const resyncs = createObservable(0);

let stream: EventStream | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;

/** Fetches the lists that every page needs, then follows the live feed from where they end. */
export async function startSync(): Promise<void> {
  clearTimeout(retry);
  stream?.close();
  stream = undefined;
  try {
    const after = await fetchLists();
    records.flush();
    stream = openEventStream({
      after,
      onRecord: (type, record) => records.put(type, [record as never], 'stream'),
      onResync: () => void resync(),
      onLine,
    });
    connection.set({ phase: 'ready' });
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 401) return;
    if (connection.get().phase !== 'ready') connection.set({ phase: 'unreachable' });
    retry = setTimeout(() => void startSync(), 3_000);
  }
}

export function reconnectNow(): void {
  if (stream === undefined) void startSync();
  else stream.reconnect();
}

/** @returns the lowest seq up to which all lists are complete */
async function fetchLists(): Promise<number> {
  const [sessions, active, servers] = await Promise.all([api.sessions(), fetchActive(), fetchServers()]);
  records.put('session', sessions.sessions, 'answer');
  records.put('task', active.tasks, 'answer');
  return Math.min(sessions.seq, active.seq, servers);
}

/** Also what the stream cannot tell: whether mcp.json parses. */
export async function fetchServers(): Promise<number> {
  const list = await api.servers();
  records.put('server', list.servers, 'answer');
  configError.set(list.configError);
  return list.seq;
}

async function fetchActive(): Promise<{ tasks: readonly Task[]; seq: number }> {
  const tasks: Task[] = [];
  let seq = Number.POSITIVE_INFINITY;
  let cursor: string | null = null;
  for (let page = 0; page < MAX_ACTIVE_PAGES; page += 1) {
    const answer = await api.tasks(`status=${ACTIVE_STATUSES.join(',')}`, 200, cursor);
    tasks.push(...answer.tasks);
    seq = Math.min(seq, answer.seq);
    cursor = answer.nextCursor;
    if (cursor === null) break;
  }
  return { tasks, seq };
}

/** After a gap that cannot be replayed: the lists again, and each task whose end was missed. */
async function resync(): Promise<void> {
  try {
    await fetchLists();
    records.flush();
    resyncs.set(resyncs.get() + 1);
    const open = records.all('task').filter(isActive).slice(0, 200);
    for (const task of open) records.put('task', [await api.task(task.id)], 'answer');
  } catch {
    // The line is cut again; the next connection tells anew what to do.
  }
}

/** The page turns "lost" a moment late, so that a short break does not flash. */
let lostTimer: ReturnType<typeof setTimeout> | undefined;
function onLine(lostAt: number | undefined): void {
  clearTimeout(lostTimer);
  if (lostAt === undefined) {
    connection.set({ phase: 'ready' });
    return;
  }
  lostTimer = setTimeout(() => {
    if (connection.get().phase === 'ready')
      connection.set({ phase: 'ready', lostAt: Math.min(lostAt, hostNow()) });
  }, 1_200);
  // EventSource does not say why it failed: a cheap question finds out whether the host wants a new sign-in.
  void api.sessions().catch(() => undefined);
}
