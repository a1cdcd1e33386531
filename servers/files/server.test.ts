import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  createReadStream,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Connection,
  connect,
  type Frame,
  isProgress,
  isStopped,
  KINDS,
} from '../runtime/test/connect.ts';
import { uriOf } from './watch/resources.ts';

const PROGRAM = new URL('./main.ts', import.meta.url).pathname;
const MB = 1_024 * 1_024;

let base: string;
let inside: string;
let connection: Connection | undefined;

beforeEach(() => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), 'meanwhile-files-')));
  inside = path.join(base, 'in side');
  mkdirSync(inside);
});
afterEach(async () => {
  await connection?.close();
  connection = undefined;
  rmSync(base, { recursive: true, force: true });
});

const at = (...names: string[]) => path.join(inside, ...names);

async function open(kind: (typeof KINDS)[number] = 'auto', ...more: string[]): Promise<Connection> {
  const args = ['--folder', inside, '--state', path.join(base, 'state'), '--settle-ms', '60', ...more];
  connection = await connect(PROGRAM, args, { kind });
  return connection;
}

/** A file of so many MB, mostly a hole, with something else in every tenth of them. */
function writeBig(file: string, megabytes: number): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const fd = openSync(file, 'w');
  ftruncateSync(fd, megabytes * MB);
  for (let n = 0; n < megabytes; n += 10) writeSync(fd, `MB ${n}`, n * MB);
  closeSync(fd);
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

/** Resolves when something in a folder is at least so large. */
async function grown(folder: string, bytes: number): Promise<void> {
  const isGrown = () =>
    readdirSync(folder).some(
      (name) => name.endsWith('-part') && statSync(path.join(folder, name)).size >= bytes,
    );
  const watcher = watch(folder);
  while (!isGrown()) await once(watcher, 'change');
  watcher.close();
}

const isUpdated = (uri: string) => (frame: Frame) =>
  frame.method === 'notifications/resources/updated' && frame.params.uri === uri;

describe.each(KINDS)('with the client %s', (kind) => {
  it('answers in text and data, and names the field that is wrong', async () => {
    const { call } = await open(kind);
    writeFileSync(at('f'), 'hello');
    expect(await call('read', { path: 'f' })).toMatchObject({
      isError: false,
      text: `${at('f')}: 5 bytes\n\nhello`,
      data: { content: 'hello', size: 5 },
    });
    const cases: [string, Record<string, unknown>, RegExp][] = [
      ['read', { path: '../f' }, /^path: .*outside the configured folders/],
      ['read', {}, /path.*expected a path/],
      ['read', { path: 'a\0b' }, /path.*NUL/],
      ['list', { limit: 0 }, /limit.*at least 1/],
      ['sync', { source: 'a', destination: 'b', mode: 'move' }, /mode.*expected "mirror" or "update"/],
      ['write', { path: 'f', content: 'x', force: true }, /force/],
    ];
    for (const [tool, args, words] of cases) {
      const result = await call(tool, args);
      expect(result.isError, tool).toBe(true);
      expect(result.text).toMatch(words);
    }
  });
});

it.each(['auto', 'legacy'] as const)(
  'confirms a stop of a sync, says what remains, and keeps the partial copy (%s)',
  async (kind) => {
    writeBig(at('a/big'), 4_000);
    const { call, frame } = await open(kind);
    const abort = new AbortController();
    const args = { source: 'a', destination: 'b', mode: 'mirror' };
    const running = call('sync', args, { token: 'sync-1', signal: abort.signal });
    running.catch(() => {});
    await frame((each) => isProgress(each) && /[MG]B of .*big$/.test(each.params.message));
    abort.abort('enough');
    await expect(running).rejects.toThrow();
    const { params } = await frame(isStopped);
    expect(params.data).toMatchObject({ stopped: true });
    expect(params.data.remains).toMatch(
      /^0 files of 1 are complete .*\.big\.meanwhile-part .*The same call again goes on/,
    );
    expect(readdirSync(at('b'))).toEqual(['.big.meanwhile-part']);
  },
);

it('goes on in the middle of a big file after the server was killed', async () => {
  writeBig(at('a/big'), 250);
  mkdirSync(at('b'));
  const first = await open();
  const running = first.call('sync', { source: 'a', destination: 'b', mode: 'mirror' });
  running.catch(() => {});
  await grown(at('b'), 20 * MB);
  process.kill(first.pid, 'SIGKILL');
  await expect(running).rejects.toThrow();
  await first.close();
  expect(readdirSync(at('b'))).toEqual(['.big.meanwhile-part']);
  const { call } = await open();
  const { data } = await call('sync', { source: 'a', destination: 'b', mode: 'mirror' });
  expect(data).toMatchObject({ copied: { files: 1 }, verified: { bytes: 250 * MB } });
  expect(data.resumedBytes).toBeGreaterThanOrEqual(20 * MB);
  expect(readdirSync(at('b'))).toEqual(['big']);
  expect(await hashOf(at('b/big'))).toBe(await hashOf(at('a/big')));
}, 60_000);

it.each(['auto', 'legacy'] as const)(
  'updates the resource of a watched folder for a subscriber (%s)',
  async (kind) => {
    const { call, client, frame } = await open(kind);
    const { data } = await call('watch', { path: '.' });
    expect(data).toMatchObject({ folder: inside, resource: uriOf(inside), lastSeq: 0 });
    expect(data.resource).toContain('in%20side');
    if (!(client instanceof Client)) throw new Error('another client');
    if (kind === 'auto') await client.listen({ resourceSubscriptions: [data.resource] });
    else await client.subscribeResource({ uri: data.resource });
    writeFileSync(at('new'), 'x');
    await frame(isUpdated(data.resource));
    const { contents } = await client.readResource({ uri: data.resource });
    const content = JSON.parse((contents[0] as { text: string }).text);
    expect(content).toMatchObject({
      folder: inside,
      state: 'watching',
      lastSeq: 1,
      events: [{ seq: 1, type: 'file.created', path: at('new') }],
    });
    expect((await call('changes', { after: 0 })).data.events).toEqual(content.events);
    const listed = await client.listResources();
    expect(listed.resources.map(({ uri }) => uri)).toEqual([data.resource]);
  },
);

it('finds after kill -9 what was missed, and gives no event twice', async () => {
  mkdirSync(at('inbox'));
  const first = await open('auto', '--watch', at('inbox'));
  const uri = uriOf(at('inbox'));
  await first.call('watch', { path: 'inbox' });
  if (first.client instanceof Client) await first.client.listen({ resourceSubscriptions: [uri] });
  writeFileSync(at('inbox/before'), '1');
  await first.frame(isUpdated(uri));
  const before = (await first.call('changes', {})).data.events;
  process.kill(first.pid, 'SIGKILL');
  await first.close();
  writeFileSync(at('inbox/meanwhile'), '2');

  const second = await open('auto', '--watch', at('inbox'));
  const changes = async () => (await second.call('changes', {})).data?.events ?? [];
  let events = await changes();
  while (events.length < 2) events = await changes();
  expect(events[0]).toEqual(before[0]);
  expect(events[1]).toMatchObject({ seq: 2, type: 'file.created', path: at('inbox/meanwhile') });
  expect(events).toHaveLength(2);
});

it('refuses to start with a watched folder outside of its folders', async () => {
  const child = spawn(process.execPath, [PROGRAM, '--folder', inside, '--watch', base], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const [status] = await once(child, 'close');
  expect(status).toBe(2);
  expect(said).toContain(`--watch: ${base} is outside the configured folders`);
});

it('leaves the content of files alone that it only reads', async () => {
  writeFileSync(at('f'), 'x');
  const { mtimeMs } = statSync(at('f'));
  const { call } = await open();
  for (const [tool, args] of [
    ['read', { path: 'f' }],
    ['list', {}],
    ['search', { text: 'x' }],
  ] as const)
    await call(tool, args);
  expect(statSync(at('f')).mtimeMs).toBe(mtimeMs);
  expect(readFileSync(at('f'), 'utf8')).toBe('x');
});
