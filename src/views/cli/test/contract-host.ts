import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Task } from '../../../task/task.ts';

const TOKEN = 'a-token-for-tests';

/** A request as a route sees it. */
export interface Asked {
  readonly url: URL;
  readonly body: Record<string, unknown>;
}
type Reply =
  | { readonly status?: number; readonly body?: unknown }
  | Promise<{ status?: number; body?: unknown }>;
type Route = (asked: Asked) => Reply;

/** A small HTTP server that speaks the contract, with a data folder that points to it. */
export interface ContractHost {
  readonly home: string;
  readonly tasks: ReadonlyMap<string, Task>;
  /** Answers `METHOD /path`. */
  route(key: string, route: Route): void;
  /** Keeps the task under the next seq and tells all who listen. */
  put(task: Task): Task;
  /** Settles once `count` readers listen to the live feed. */
  listeners(count: number): Promise<void>;
  /** Breaks all live feeds in the middle. */
  breakFeeds(): void;
  close(): Promise<void>;
}

export async function contractHost(): Promise<ContractHost> {
  const tasks = new Map<string, Task>();
  const routes = new Map<string, Route>();
  const feeds = new Set<ServerResponse>();
  const waiting: { count: number; tell: () => void }[] = [];
  let seq = 0;

  const send = (feed: ServerResponse, task: Task) =>
    feed.write(`event: task\nid: ${task.seq}\ndata: ${JSON.stringify(task)}\n\n`);
  const openFeed = (url: URL, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
    const after = Number(url.searchParams.get('after') ?? 0);
    const missed = [...tasks.values()].filter((task) => task.seq > after).sort((a, b) => a.seq - b.seq);
    for (const task of missed) send(response, task);
    feeds.add(response);
    response.on('close', () => feeds.delete(response));
    for (const one of waiting.filter(({ count }) => count <= feeds.size)) one.tell();
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://host');
    if (request.headers.authorization !== `Bearer ${TOKEN}`)
      return answer(response, problem(401, 'unauthorized'));
    if (url.pathname === '/api/events') return openFeed(url, response);
    const route = routes.get(`${request.method} ${decodeURIComponent(url.pathname)}`);
    if (route) return answer(response, await route({ url, body: await bodyOf(request) }));
    answer(response, builtIn(url, tasks, seq));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const home = await mkdtemp(join(tmpdir(), 'meanwhile-cli-'));
  const { port } = server.address() as AddressInfo;
  await writeFile(
    join(home, 'host.json'),
    JSON.stringify({ url: `http://127.0.0.1:${port}`, pid: process.pid }),
  );
  await writeFile(join(home, 'token'), `${TOKEN}\n`, { mode: 0o600 });

  return {
    home,
    tasks,
    route: (key, route) => void routes.set(key, route),
    put(task) {
      const numbered = { ...task, seq: ++seq };
      tasks.set(task.id, numbered);
      for (const feed of feeds) send(feed, numbered);
      return numbered;
    },
    listeners: (count) =>
      feeds.size >= count ? Promise.resolve() : new Promise((tell) => void waiting.push({ count, tell })),
    breakFeeds: () => {
      for (const feed of feeds) feed.destroy();
      feeds.clear();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(home, { recursive: true, force: true });
    },
  };
}

export const problem = (status: number, code: string, more: object = {}) => ({
  status,
  body: { type: `/errors/${code}`, title: code, status, code, detail: `Refused: ${code}.`, ...more },
});

function builtIn(
  url: URL,
  tasks: ReadonlyMap<string, Task>,
  seq: number,
): { status?: number; body?: unknown } {
  const [, , kind, id, part] = url.pathname.split('/');
  const task = tasks.get(id ?? '');
  if (kind !== 'tasks') return problem(404, 'not_found');
  if (id === undefined) return { body: { tasks: pageOf(url, tasks), nextCursor: null, counts: {}, seq } };
  if (!task) return problem(404, 'task_not_found');
  if (part === 'log') return { body: { entries: [], nextAfter: 0 } };
  if (part === 'result') {
    const content = { content: [{ type: 'text', text: task.result?.preview }] };
    return { body: { taskId: task.id, isError: task.result?.isError ?? false, content } };
  }
  return { body: task };
}

function pageOf(url: URL, tasks: ReadonlyMap<string, Task>): Task[] {
  const statuses = url.searchParams.get('status')?.split(',');
  const fitting = [...tasks.values()].filter(({ status }) => statuses?.includes(status) ?? true);
  return fitting.reverse().slice(0, Number(url.searchParams.get('limit') ?? 50));
}

function answer(response: ServerResponse, { status = 200, body }: { status?: number; body?: unknown }): void {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  response.writeHead(status, { 'content-type': type }).end(body === undefined ? '' : JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text ? JSON.parse(text) : {};
}
