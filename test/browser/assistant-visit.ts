import { join } from 'node:path';
import type { ServerEntry } from '../../src/sources/server-entry.ts';
import type { Session } from '../../src/store/records.ts';
import { type ModelStub, modelStub } from '../assistant/model-stub.ts';
import { chatting, ready, writeModels } from '../assistant/rig.ts';
import { ROOT, tempFolder, workServer, writeConfig } from '../support/test-host.ts';
import { type Visit, visit } from './browser-host.ts';

/** Its tools say what they do to the world: `read`, `destroy`, and `plain`, which says nothing. */
export const annotatedServer = (): ServerEntry => ({
  command: process.execPath,
  args: [join(ROOT, 'test/fixtures/annotated-server.ts'), join(tempFolder(), 'mark')],
});

/** A visit to a host with a model, whose answers the test says. */
export async function visitAssistant(
  options: Omit<NonNullable<Parameters<typeof visit>[0]>, 'folder'> & {
    model?: object;
    limits?: object;
    stub?: ModelStub;
  } = {},
): Promise<Visit & { stub: ModelStub; newChat(settings?: object): Promise<ReturnType<typeof chatting>> }> {
  const { model, limits, ...rest } = options;
  const stub = options.stub ?? (await modelStub());
  const folder = tempFolder();
  const servers: Record<string, ServerEntry> = rest.servers ?? { lab: workServer({ taskAfterMs: 100 }) };
  writeConfig(folder, servers);
  writeModels(folder, stub, {
    model: { title: 'Stub', price: { inputPerMillion: 3, outputPerMillion: 15, currency: 'EUR' }, ...model },
    ...(limits && { limits }),
  });
  const { servers: _, ...visiting } = rest;
  const visited = await visit({ ...visiting, folder });
  await ready(visited.api);
  return {
    ...visited,
    stub,
    async newChat(settings = {}) {
      const { id } = (await visited.api.post<Session>('/api/sessions', {})).body;
      if (Object.keys(settings).length > 0) await visited.api.patch(`/api/sessions/${id}`, settings);
      return chatting(visited.api, id);
    },
  };
}
