import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Connection, connect, KINDS } from '../../runtime/test/connect.ts';
import { httpRemote } from './http-remote.ts';
import { noise, type Sandbox, sandbox } from './sandbox.ts';

const PROGRAM = path.join(import.meta.dirname, '../main.ts');
let connection: Connection | undefined;

afterEach(async () => {
  await connection?.close();
  connection = undefined;
});

async function open(box: Sandbox, kind: (typeof KINDS)[number] = 'auto'): Promise<Connection> {
  connection = await connect(PROGRAM, ['--folder', box.folder, '--grace-ms', '2000'], { kind });
  return connection;
}

const isTold = (pattern: RegExp) => (frame: { method?: string; params?: { message?: string } }) =>
  frame.method === 'notifications/progress' && pattern.test(frame.params?.message ?? '');

it('says of every tool what it does to the world, and of every field what it means', async () => {
  const { client } = await open(sandbox());
  const { tools } = await client.listTools();
  const names = ['clone', 'fetch', 'pull', 'push', 'status', 'log', 'diff', 'commit', 'branch', 'checkout'];
  expect(tools.map(({ name }) => name).sort()).toEqual([...names].sort());
  for (const { description, annotations, inputSchema, outputSchema } of tools) {
    expect(description).not.toBe('');
    expect(Object.values(annotations ?? {}).filter((value) => typeof value === 'boolean')).toHaveLength(4);
    expect(outputSchema?.properties).toBeDefined();
    for (const property of Object.values(inputSchema.properties ?? {}))
      expect((property as { description?: string }).description).toBeTruthy();
  }
});

describe.each(KINDS)('with the client %s', (kind) => {
  it('clones with progress, and answers what is wrong with arguments in words', async () => {
    const box = sandbox();
    const source = box.repository('source', noise(10, 1_000));
    const { call, frames } = await open(box, kind);
    const cloned = await call('clone', { url: `file://${source}`, destination: 'mine' });
    expect(cloned).toMatchObject({ isError: false, data: { verified: true } });
    expect(frames.some(isTold(/^Receiving objects 13\/13/))).toBe(true);
    const refused = await call('clone', { url: 'source', destination: 'mine' });
    expect(refused).toMatchObject({ isError: true, text: expect.stringContaining('is there and not empty') });
    const wrong = await call('log', { repository: 'mine', limit: 0 });
    expect(wrong).toMatchObject({ isError: true, text: expect.stringContaining('limit') });
  });
});

it('confirms that a cancelled clone has stopped, and leaves neither files nor processes', async () => {
  const box = sandbox();
  box.bare('remotes/it.git', box.repository('source', noise(20, 50_000)));
  const { url } = await httpRemote(path.join(box.folder, 'remotes'), {
    slice: { bytes: 20_000, pauseMs: 50 },
  });
  const { call, frame, started } = await open(box, 'legacy');
  const abort = new AbortController();
  const cloning = call('clone', { url: `${url}it.git`, destination: 'mine' }, { signal: abort.signal });
  cloning.catch(() => {});
  await frame(isTold(/^Receiving objects/));
  expect(started().length).toBeGreaterThan(1);
  abort.abort('enough');
  await expect(cloning).rejects.toThrow();
  const { params } = await frame(
    ({ method, params }) => method === 'notifications/message' && params?.logger === 'cancel',
  );
  expect(params.data).toMatchObject({
    stopped: true,
    left: 0,
    remains: `Nothing is left of the clone in ${path.join(box.folder, 'mine')}.`,
  });
  expect(started()).toEqual([]);
  expect(readdirSync(box.folder).sort()).toEqual(['remotes', 'source']);
});
