import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { createLogger } from '../../src/base/log.ts';
import { createChat } from '../../src/chat/chat.ts';
import { createMcpHub, type McpHub } from '../../src/sources/mcp/hub.ts';
import type { ServerEntry } from '../../src/sources/server-entry.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { createTracker } from '../../src/tracker/tracker.ts';
import { type AtEnd, tempFolder, writeConfig } from './test-host.ts';

export interface TestHub extends McpHub {
  /** Calls a tool and gives the text of its answer. */
  say(server: string, tool: string, args?: Record<string, unknown>): Promise<string>;
  /** Writes `mcp.json`, which is read again by itself. */
  configure(servers: Record<string, ServerEntry>): void;
}

/** The servers and what follows them, without an API; closed at the end. */
export async function testHub(
  servers: Record<string, ServerEntry>,
  { atEnd = onTestFinished, clock = systemClock }: { atEnd?: AtEnd; clock?: Clock } = {},
): Promise<TestHub> {
  const folder = tempFolder(atEnd);
  const log = createLogger(process.env.MEANWHILE_LOG ?? 'silent');
  writeConfig(folder, servers);
  const store = await openSqliteStore({ file: join(folder, 'meanwhile.db') });
  const tracker = createTracker(store, clock, log);
  const hub = createMcpHub({
    configPath: join(folder, 'mcp.json'),
    oauth: { folder: join(folder, 'oauth'), redirectUrl: () => 'http://127.0.0.1:1/oauth/callback' },
    env: process.env,
    store,
    tracker,
    clock,
    log,
  });
  const chat = createChat(store, clock, {
    call: hub.callFromChat,
    cancel: (taskId, by) => hub.cancel(taskId, { by, force: false }),
    drafts: {
      preview: nothingLater,
      create: nothingLater,
      change: nothingLater,
      server: hub.servers.get,
      resources: hub.listResources,
    },
  });
  await hub.recover([]);
  await hub.open();
  atEnd(async () => {
    await hub.close();
    await tracker.close();
    await store.close();
  });
  return Object.assign(hub, {
    async say(server: string, tool: string, args: Record<string, unknown> = {}) {
      const { id } = await chat.directSession();
      const answer = await hub.call({ server, tool, arguments: args, sessionId: id });
      const { content } = (answer.result?.content ?? {}) as { content?: { text?: string }[] };
      return content?.[0]?.text ?? '';
    },
    configure: (changed: Record<string, ServerEntry>) => writeConfig(folder, changed),
  });
}

const nothingLater = () => Promise.reject(new Error('Here nothing is done later.'));
