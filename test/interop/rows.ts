import type { ScenarioName } from './scenarios.ts';

/* Which generations of long work meet which transports, and what is true of each pair. */

/** What a cell comes to, in the words of docs/interop.md; or why there can be no such cell. */
export type Truth = string | { readonly none: string };

export interface Row {
  readonly id: string;
  readonly generation: string;
  readonly transport: string;
  /** A server of test/fixtures, and the words of its command line; `PORT` and `STATE` are filled in. */
  readonly file: string;
  readonly args: readonly string[];
  /** Where it differs from the truth of most, which stands with the scenario. */
  readonly truths: Partial<Record<ScenarioName, Truth>>;
}

export const isLocal = (row: Row): boolean => row.args[0] === 'stdio';

/** The server is a process of ours: its work ends with it, and it ends with us. */
const OURS = { serverKilled: 'server_exited', hostKilled: 'interrupted', hostKilledAsking: 'interrupted' };
/** The server is elsewhere, and nothing finds the work again. */
const OUT_OF_REACH = { serverKilled: 'lost', hostKilled: 'lost', hostKilledAsking: 'lost' };
/** The server is elsewhere and remembers its work for as long as it runs. */
const FOUND_AGAIN = { serverKilled: 'lost', hostKilled: 'found again', hostKilledAsking: 'found again' };

/** The transport says “stop” by closing the stream, so what the tool makes of it cannot be seen. */
const CLOSED_STREAM = { ignores: 'assumed' };
/** A task of 2025-11-25 is `cancelled` from the moment it is asked to be; what goes on behind it is not told. */
const V1 = { stops: 'stopped', ignores: 'stopped' };
const V2 = { stops: 'stopped', progress: 'in words' };

/** The server asks by answering the call, and holds nothing until it is called again with the answers. */
const ASKS_BETWEEN_CALLS = { hostKilledAsking: 'found again' };

const NO_WAY_BACK = {
  none: 'without a session each request meets a server of its own, so an answer cannot reach the call that asks',
};

export const ROWS: readonly Row[] = [
  {
    id: 'plain-2026-stdio',
    generation: 'plain, 2026-07-28',
    transport: 'stdio',
    file: 'plain-sdk2-server.ts',
    args: ['stdio'],
    truths: { ...OURS, ...ASKS_BETWEEN_CALLS },
  },
  {
    id: 'plain-2026-http',
    generation: 'plain, 2026-07-28',
    transport: 'HTTP',
    file: 'plain-sdk2-server.ts',
    args: ['http', 'PORT'],
    truths: { ...OUT_OF_REACH, ...CLOSED_STREAM, ...ASKS_BETWEEN_CALLS },
  },
  {
    id: 'plain-2025-stdio',
    generation: 'plain, 2025-11-25',
    transport: 'stdio',
    file: 'plain-sdk1-server.ts',
    args: ['stdio'],
    truths: OURS,
  },
  {
    id: 'plain-2025-http',
    generation: 'plain, 2025-11-25',
    transport: 'HTTP, no session',
    file: 'plain-sdk1-server.ts',
    args: ['http', 'PORT'],
    truths: {
      ...OUT_OF_REACH,
      ...CLOSED_STREAM,
      form: NO_WAY_BACK,
      two: NO_WAY_BACK,
      page: NO_WAY_BACK,
      hostKilledAsking: NO_WAY_BACK,
    },
  },
  {
    id: 'plain-2025-session',
    generation: 'plain, 2025-11-25',
    transport: 'HTTP, session',
    file: 'plain-sdk1-server.ts',
    args: ['http-session', 'PORT'],
    truths: OUT_OF_REACH,
  },
  {
    id: 'plain-2025-resumable',
    generation: 'plain, 2025-11-25',
    transport: 'HTTP, session, events kept',
    file: 'plain-sdk1-server.ts',
    args: ['http-resumable', 'PORT'],
    truths: FOUND_AGAIN,
  },
  {
    id: 'plain-2025-sse',
    generation: 'plain, 2025-11-25',
    transport: 'HTTP+SSE',
    file: 'plain-sdk1-server.ts',
    args: ['sse', 'PORT'],
    truths: OUT_OF_REACH,
  },
  {
    id: 'v1-stdio',
    generation: 'tasks, 2025-11-25',
    transport: 'stdio',
    file: 'tasks-v1-server.ts',
    args: ['stdio'],
    truths: { ...OURS, ...V1 },
  },
  {
    id: 'v1-session',
    generation: 'tasks, 2025-11-25',
    transport: 'HTTP, session',
    file: 'tasks-v1-server.ts',
    args: ['http-session', 'PORT'],
    truths: { ...FOUND_AGAIN, ...V1, progress: 'in words' },
  },
  {
    id: 'v1-resumable',
    generation: 'tasks, 2025-11-25',
    transport: 'HTTP, session, events kept',
    file: 'tasks-v1-server.ts',
    args: ['http-resumable', 'PORT'],
    truths: { ...FOUND_AGAIN, ...V1, progress: 'in words' },
  },
  {
    id: 'v1-sse',
    generation: 'tasks, 2025-11-25',
    transport: 'HTTP+SSE',
    file: 'tasks-v1-server.ts',
    args: ['sse', 'PORT'],
    truths: { ...OUT_OF_REACH, ...V1 },
  },
  {
    id: 'v2-stdio',
    generation: 'tasks, 2026-07-28',
    transport: 'stdio',
    file: 'tasks-v2-server.ts',
    args: ['stdio'],
    truths: { ...OURS, ...V2 },
  },
  {
    id: 'v2-http',
    generation: 'tasks, 2026-07-28',
    transport: 'HTTP',
    file: 'tasks-v2-server.ts',
    args: ['http', 'PORT'],
    truths: { ...FOUND_AGAIN, ...V2 },
  },
  {
    id: 'v2-http-kept',
    generation: 'tasks, 2026-07-28',
    transport: 'HTTP, tasks kept in a file',
    file: 'tasks-v2-server.ts',
    args: ['http', 'PORT', '--state', 'STATE'],
    truths: { ...FOUND_AGAIN, ...V2, serverKilled: 'found again' },
  },
  {
    id: 'v2-http-asks-first',
    generation: 'tasks, 2026-07-28',
    transport: 'HTTP, asks before the task begins',
    file: 'tasks-v2-server.ts',
    args: ['http', 'PORT', '--asks-first'],
    truths: { ...FOUND_AGAIN, ...V2 },
  },
];

/** Pairs that cannot exist. */
export const NO_ROWS: readonly { generation: string; transport: string; why: string }[] = [
  {
    generation: 'plain and tasks, 2026-07-28',
    transport: 'HTTP with a session, with events kept, HTTP+SSE',
    why: 'This version knows neither sessions nor streams that go on, and the old transport ended before it.',
  },
  {
    generation: 'tasks, 2025-11-25',
    transport: 'HTTP, no session',
    why: 'The official SDK keeps a task for the session that began it; the next request would find nothing.',
  },
];
