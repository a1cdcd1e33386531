import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CallAnswer } from '../../src/views/api/contract/types.ts';
import { httpFixture } from './http-fixture.ts';
import { type Api, type AtEnd, workServer, writeConfig } from './test-host.ts';

const SERVERS = ['v2', 'near', 'far'] as const;

/** Servers whose work meets each fate when the host stops. All of it runs until `open` is called. */
export async function threeFates(folder: string, atEnd: AtEnd = onTestFinished) {
  const v2 = await httpFixture('tasks-v2-server.ts', atEnd);
  const plain = await httpFixture('work-server.ts', atEnd);
  writeConfig(folder, { v2: { url: v2.url }, near: workServer(), far: { url: plain.url } });
  const gate = (server: string) => join(folder, server, 'gate');
  for (const server of SERVERS) mkdirSync(join(folder, server), { recursive: true });
  const begin = async (api: Api, server: string): Promise<string> => {
    const { body } = await api.post<CallAnswer>(`/api/servers/${server}/tools/wait_for`, {
      arguments: { path: gate(server) },
    });
    if (body.taskId === undefined) throw new Error(`not a task: ${JSON.stringify(body)}`);
    return body.taskId;
  };
  return {
    /** One task of each fate. */
    begin: async (api: Api) => ({
      reattached: await begin(api, 'v2'),
      interrupted: await begin(api, 'near'),
      lost: await begin(api, 'far'),
    }),
    /** Lets the work of these servers end, of all where none is named. */
    open: (...servers: readonly (typeof SERVERS)[number][]) => {
      for (const server of servers.length > 0 ? servers : SERVERS) writeFileSync(gate(server), '');
    },
  };
}
