import { ACTIVE_STATUSES } from '../../../task/status.ts';
import { api } from './api.ts';
import { ProblemError } from './client.ts';
import { connection } from './connection.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import { hostNow } from './host-clock.ts';
import { hostState, RUNNING } from './host-state.ts';
import { createObservable } from './observable.ts';
import { records } from './records.ts';
import type { Assignment, Task } from './types.ts';

/** More active tasks than these come in by the stream, as they change. */
const MAX_ACTIVE_PAGES = 10;

/** What is wrong with mcp.json, as the host tells it with the list of servers. */
export const configError = createObservable<string | null>(null);
/** Goes up when everything was fetched anew, so that pages fetch theirs again. */
export const resyncs = createObservable(0);

let stream: EventStream | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;
/** Counts the starts: an answer that belongs to an earlier one is let go. */
let starts = 0;

/**
 * Fetches the lists that every page needs, then follows the live feed from where they end.
 * `anew`: the host cannot tell what was missed, so nothing known before is believed.
 */
export async function startSync(anew = false): Promise<void> {
  const start = ++starts;
  clearTimeout(retry);
  stream?.close();
  stream = undefined;
  try {
    const lists = await fetchLists();
    if (start !== starts) return;
    if (anew) records.clear();
    records.put('session', lists.sessions, 'answer');
    records.put('task', lists.tasks, 'answer');
    records.put('server', lists.servers, 'answer');
    records.put('assignment', lists.disabled, 'answer');
    records.put('message', lists.steps, 'answer');
    records.flush();
    hostState.set(RUNNING); // until the stream says how it stands
    stream = openEventStream({
      after: lists.seq,
      onHost: (state) => hostState.set(state),
      onRecord: (type, record) => records.put(type, [record as never], 'stream'),
      onResync: () => void startSync(true),
      onLine,
    });
    connection.set({ phase: 'ready' });
    if (anew) resyncs.set(resyncs.get() + 1);
  } catch (error) {
    if (start !== starts || (error instanceof ProblemError && error.problem.status === 401)) return;
    const { phase } = connection.get();
    if (phase !== 'ready' && phase !== 'stopped') connection.set({ phase: 'unreachable' });
    retry = setTimeout(() => void startSync(anew), 3_000);
  }
}

export function reconnectNow(): void {
  if (stream === undefined) void startSync();
  else stream.reconnect();
}

/** `seq`: up to which all of them are complete. */
async function fetchLists() {
  const [sessions, active, servers, disabled, turns] = await Promise.all([
    api.sessions(),
    fetchActive(),
    api.servers(),
    api.assignments('state=disabled', 200), // they need somebody, so every page counts them
    api.openSteps(), // the same: some wait for a yes
  ]);
  configError.set(servers.configError);
  return {
    sessions: sessions.sessions,
    tasks: active.tasks,
    servers: servers.servers,
    disabled: disabled.assignments as readonly Assignment[],
    steps: turns.messages,
    seq: Math.min(sessions.seq, active.seq, servers.seq, disabled.seq, turns.seq),
  };
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

/** The page turns "lost" a moment late, so that a short break does not flash. */
let lostTimer: ReturnType<typeof setTimeout> | undefined;
function onLine(lostAt: number | undefined): void {
  clearTimeout(lostTimer);
  if (lostAt === undefined) {
    connection.set({ phase: 'ready' });
    return;
  }
  lostTimer = setTimeout(() => {
    if (hostState.get().state === 'stopping') {
      connection.set({ phase: 'stopped' });
      void startSync(); // tries until it is back
      return;
    }
    if (connection.get().phase === 'ready')
      connection.set({ phase: 'ready', lostAt: Math.min(lostAt, hostNow()) });
  }, 1_200);
  // EventSource does not say why it failed: a cheap question finds out whether the host wants a new sign-in.
  void api.sessions().catch(() => undefined);
}
