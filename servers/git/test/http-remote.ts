import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** How the remote misbehaves when it sends a pack; may be changed at any time. */
export interface Behaviour {
  /** User and password that every request must have. */
  login?: string;
  /** Sends nothing more after so many bytes, and keeps the connection. */
  stallAfter?: number;
  /** Breaks the connection after so many bytes. */
  cutAfter?: number;
  /** Sends slowly: a pause after so many bytes each. */
  slice?: { bytes: number; pauseMs: number };
}

export interface HttpRemote {
  /** Ends with a slash; the name of a bare repository follows. */
  readonly url: string;
  readonly behaviour: Behaviour;
  readonly requests: string[];
}

/** Serves the bare repositories of a folder with the real `git http-backend`. */
export async function httpRemote(root: string, behaviour: Behaviour = {}): Promise<HttpRemote> {
  const requests: string[] = [];
  const closing = new AbortController();
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (behaviour.login !== undefined && request.headers.authorization !== basic(behaviour.login)) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    answer(root, request, response, behaviour, closing.signal).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    closing.abort();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, behaviour, requests };
}

async function answer(
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
  behaviour: Behaviour,
  closing: AbortSignal,
): Promise<void> {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      REMOTE_USER: 'tester',
      REMOTE_ADDR: '127.0.0.1',
      REQUEST_METHOD: request.method,
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  response.on('close', () => backend.kill());
  backend.stdin.on('error', () => {}); // it has read what it wanted
  request.pipe(backend.stdin);
  const isPack = request.method === 'POST' && /upload-pack$/.test(pathname);
  let head = Buffer.alloc(0);
  let sent = 0;
  for await (const chunk of backend.stdout as AsyncIterable<Buffer>) {
    let body = chunk;
    if (!response.headersSent) {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) continue;
      writeHead(response, head.subarray(0, end).toString());
      body = head.subarray(end + 4);
    }
    const size = isPack ? (behaviour.slice?.bytes ?? body.length) : body.length;
    for (let at = 0; at < body.length; at += size) {
      const part = body.subarray(at, at + size);
      if (isPack && sent + part.length > (behaviour.stallAfter ?? Infinity)) await never(closing);
      if (isPack && sent + part.length > (behaviour.cutAfter ?? Infinity)) return void response.destroy();
      if (!response.write(part)) await new Promise((resolve) => response.once('drain', resolve));
      const { bytes, pauseMs } = behaviour.slice ?? { bytes: Infinity, pauseMs: 0 };
      const isDue = Math.floor((sent + part.length) / bytes) > Math.floor(sent / bytes);
      sent += part.length;
      if (isPack && isDue) await pause(pauseMs, undefined, { signal: closing });
    }
  }
  response.end();
}

function writeHead(response: ServerResponse, head: string): void {
  const headers = head.split('\r\n').map((line) => line.split(': ', 2) as [string, string]);
  const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200';
  response.writeHead(
    Number.parseInt(status, 10),
    Object.fromEntries(headers.filter(([name]) => name !== 'Status')),
  );
}

const basic = (login: string): string => `Basic ${Buffer.from(login).toString('base64')}`;

const never = (until: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) =>
    until.addEventListener('abort', () => reject(until.reason), { once: true }),
  );
