import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import type { Clock } from '../../src/base/clock.ts';
import { createLogger, type Logger } from '../../src/base/log.ts';
import { type RunningHost, startHost } from '../../src/host/start-host.ts';
import type { ServerEntry } from '../../src/sources/server-entry.ts';

export const ROOT = resolve(import.meta.dirname, '../..');

/** The real server of the tests, over stdio. */
export const workServer = (settings: ServerEntry['meanwhile'] = {}): ServerEntry => ({
  command: process.execPath,
  args: [join(ROOT, 'test/fixtures/work-server.ts'), 'stdio'],
  meanwhile: settings,
});

export const commandServer = (folder: string, settings: ServerEntry['meanwhile'] = {}): ServerEntry => ({
  command: process.execPath,
  args: [join(ROOT, 'servers/command/main.ts'), '--folder', folder, '--grace-ms', '300'],
  meanwhile: settings,
});

/** When what a test started is to be ended: `onTestFinished`, or `atEndOfFile()` for what a file shares. */
export type AtEnd = (task: () => void | Promise<void>) => void;

/** To be called where a file begins: within a hook, `afterAll` is not heard. The last started ends first. */
export function atEndOfFile(): AtEnd {
  const tasks: (() => void | Promise<void>)[] = [];
  afterAll(async () => {
    for (const task of tasks.reverse()) await task();
  });
  return (task) => tasks.push(task);
}

/** A data folder of its own, removed at the end. */
export function tempFolder(atEnd: AtEnd = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'meanwhile-test-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function writeConfig(folder: string, servers: Record<string, ServerEntry>): void {
  writeFileSync(join(folder, 'mcp.json'), JSON.stringify({ mcpServers: servers }));
}

/** A real host on a free port, closed at the end. */
export async function testHost(
  servers: Record<string, ServerEntry> = {},
  options: {
    folder?: string;
    atEnd?: AtEnd;
    log?: Logger;
    port?: number;
    clock?: Clock;
    env?: NodeJS.ProcessEnv;
  } = {},
): Promise<RunningHost & { api: Api }> {
  const { atEnd = onTestFinished } = options;
  const folder = options.folder ?? tempFolder(atEnd);
  if (options.folder === undefined) writeConfig(folder, servers);
  const host = await startHost({
    folder,
    port: options.port ?? 0,
    hostname: '127.0.0.1',
    env: { ...process.env, ...options.env },
    ...(options.clock && { clock: options.clock }),
    log: options.log ?? createLogger(process.env.MEANWHILE_LOG ?? 'silent'),
  });
  atEnd(() => host.close());
  return Object.assign(host, { api: apiClient(host.url, host.token) });
}

export type Api = ReturnType<typeof apiClient>;

/** The API as a program sees it: status, headers and the parsed body. */
export function apiClient(url: string, token: string) {
  async function request<T>(method: string, path: string, body?: unknown) {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as T,
    };
  }
  return {
    get: <T>(path: string) => request<T>('GET', path),
    post: <T>(path: string, body?: unknown) => request<T>('POST', path, body),
    patch: <T>(path: string, body?: unknown) => request<T>('PATCH', path, body),
    delete: <T>(path: string) => request<T>('DELETE', path),
  };
}
