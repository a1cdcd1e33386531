import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test, vi } from 'vitest';
import type { ServerEntry } from '../src/sources/server-entry.ts';
import type { ListUpdate, ResourceUpdate } from '../src/sources/source.ts';
import { COUNT_URI } from './fixtures/behaviours/counted-file.ts';
import { cutOff } from './support/cut-off.ts';
import { eventually as eventuallyWithin } from './support/eventually.ts';
import { manualClock } from './support/manual-clock.ts';
import { type AtEnd, ROOT, tempFolder } from './support/test-host.ts';
import { testHub } from './support/test-hub.ts';

const TOKEN = 'a-token-for-tests';
/** Several servers are started and killed at once. */
const PATIENCE_MS = 25_000;
const eventually = <T>(ask: () => T | undefined | false | Promise<T | undefined | false>) =>
  eventuallyWithin(ask, PATIENCE_MS);

vi.setConfig({ testTimeout: 2 * PATIENCE_MS });

/** A real server whose resource stands in a file, which can change while the server is away. */
interface Peer {
  readonly entry: ServerEntry;
  readonly count: () => number;
  /** Changes the file without a word of the server. */
  changeUnheard(count: number): void;
  kill(): Promise<void>;
  /** Starts it again, where the host does not. */
  revive(): Promise<void>;
}

type Make = (atEnd: AtEnd) => Promise<Peer>;

function countFile(atEnd: AtEnd) {
  const file = join(tempFolder(atEnd), 'count.json');
  writeFileSync(file, '{"count":0}');
  return {
    file,
    count: () => JSON.parse(readFileSync(file, 'utf8')).count as number,
    changeUnheard: (count: number) => writeFileSync(file, JSON.stringify({ count })),
  };
}

const overStdio =
  (program: string): Make =>
  async (atEnd) => {
    const { file, ...rest } = countFile(atEnd);
    const pidFile = join(tempFolder(atEnd), 'pid');
    const start = `echo $$ > '${pidFile}'; exec '${process.execPath}' '${join(ROOT, program)}'`;
    return {
      ...rest,
      entry: { command: '/bin/sh', args: ['-c', start], env: { COUNT_FILE: file } },
      async kill() {
        process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
      },
      async revive() {},
    };
  };

const overHttp =
  (program: string, args: (port: number) => string[], type?: 'sse'): Make =>
  async (atEnd) => {
    const { file, ...rest } = countFile(atEnd);
    let child: ChildProcess | undefined;
    let port = 0;
    const start = async () => {
      child = spawn(process.execPath, [join(ROOT, program), ...args(port)], {
        env: { ...process.env, COUNT_FILE: file, MCP_SERVER_TOKEN: TOKEN },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
      port = Number(/(\d+)(\/mcp)?$/.exec(line)?.[1]);
    };
    const kill = async () => {
      if (child?.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    };
    atEnd(kill);
    await start();
    return {
      ...rest,
      entry: {
        url: `http://127.0.0.1:${port}/${type ?? 'mcp'}`,
        headers: { authorization: `Bearer ${TOKEN}` },
        ...(type && { type }),
      },
      kill,
      revive: start,
    };
  };

const RUNTIME = 'test/fixtures/changing-server.ts';
const SDK1 = 'test/fixtures/changing-sdk1-server.ts';
const sdk1 = (transport: string, type?: 'sse') => overHttp(SDK1, (port) => [transport, String(port)], type);

const PEERS: Record<string, Make> = {
  '2026-07-28 over stdio': overStdio(RUNTIME),
  '2026-07-28 over HTTP': overHttp(RUNTIME, (port) => ['--http', String(port)]),
  '2025-11-25 over stdio': overStdio(SDK1),
  '2025-11-25 over HTTP, session': sdk1('http-session'),
  '2025-11-25 over HTTP, resumable': sdk1('http-resumable'),
  '2024-11-05 over HTTP+SSE': sdk1('sse', 'sse'),
};

/** Keeps what is told. */
function recorded<Update>() {
  const updates: Update[] = [];
  const problems: string[] = [];
  return {
    updates,
    problems,
    changed: (update: Update) => void updates.push(update),
    lost: (why: string) => void problems.push(why),
  };
}

const countIn = ({ content }: ResourceUpdate) => (content.json as { count: number }).count;

describe.concurrent.each(Object.entries(PEERS))('a server of %s', (_name, make) => {
  test('changes of a resource are heard, however many, and what happened while it was away is found', async ({
    onTestFinished: atEnd,
  }) => {
    const peer = await make(atEnd);
    const hub = await testHub({ peer: peer.entry }, { atEnd });
    const first = recorded<ResourceUpdate>();
    const second = recorded<ResourceUpdate>();
    const undo = hub.watchResource('peer', COUNT_URI, first);
    hub.watchResource('peer', COUNT_URI, second);
    const newest = (wanted: number) =>
      eventually(() =>
        [first, second].every(({ updates }) => updates.some((each) => countIn(each) === wanted)),
      );

    await newest(0);
    expect(first.updates[0]).toMatchObject({ server: 'peer', uri: COUNT_URI, reason: 'resubscribed' });

    await hub.say('peer', 'change', { times: 1000 });
    await newest(1000);
    expect(countIn(first.updates.at(-1)!)).toBe(1000);
    expect(first.updates.length).toBeLessThan(50);
    expect(first.updates.at(-1)?.reason).toBe('updated');

    undo();
    await peer.kill();
    peer.changeUnheard(5);
    await peer.revive();
    await eventually(() =>
      second.updates.some((each) => each.reason === 'resubscribed' && countIn(each) === 5),
    );

    await hub.say('peer', 'change');
    await eventually(() => countIn(second.updates.at(-1)!) === 6);
    expect(first.updates.at(-1)).toMatchObject({ content: { json: { count: 1000 } } });
  });
});

test.concurrent('while nobody watches nothing is subscribed', async ({ onTestFinished: atEnd }) => {
  const peer = await overStdio(SDK1)(atEnd);
  const hub = await testHub({ peer: peer.entry }, { atEnd });
  const subscriptions = async (wanted: string) =>
    eventually(async () => (await hub.say('peer', 'subscriptions')) === wanted);
  await subscriptions('0');
  const undo = [1, 2].map(() => hub.watchResource('peer', COUNT_URI, recorded()));
  await subscriptions('1');
  for (const each of undo) each();
  await subscriptions('0');
});

test.concurrent('changes of lists are heard, with what stands in them', async ({ onTestFinished: atEnd }) => {
  const [old, modern] = [await overStdio(SDK1)(atEnd), await overStdio(RUNTIME)(atEnd)];
  const hub = await testHub({ old: old.entry, modern: modern.entry }, { atEnd });
  const tools = recorded<ListUpdate>();
  const resources = recorded<ListUpdate>();
  hub.watchList('old', 'tools', tools);
  hub.watchList('modern', 'resources', resources);
  const first = () => [tools.updates[0]?.names, resources.updates[0]?.names];
  await eventually(() => first().every((names) => names !== undefined));
  expect(first()).toEqual([['change', 'add_tool', 'subscriptions'], [COUNT_URI]]);
  await hub.say('old', 'add_tool');
  await hub.say('modern', 'add_resource');
  await eventually(() => tools.updates.at(-1)?.names.includes('tool_3'));
  await eventually(() => resources.updates.at(-1)?.names.includes(`${COUNT_URI}1`));
});

test.concurrent('what is watched can change while it is watched', async ({ onTestFinished: atEnd }) => {
  const peer = await overStdio(RUNTIME)(atEnd);
  const hub = await testHub({ peer: peer.entry }, { atEnd });
  const told = recorded<ResourceUpdate>();
  const list = recorded<ListUpdate>();
  hub.watchResource('peer', COUNT_URI, told);
  const changeIsHeard = async (count: number) => {
    await hub.say('peer', 'change');
    await eventually(() => countIn(told.updates.at(-1)!) === count);
  };
  await eventually(() => told.updates.length > 0);
  const undo = hub.watchList('peer', 'resources', list);
  await eventually(() => list.updates.length > 0);
  await changeIsHeard(1);
  undo();
  await changeIsHeard(2);
  expect(told.updates.filter(({ reason }) => reason === 'resubscribed')).toHaveLength(1);
  expect(list.updates).toHaveLength(1);
});

test.concurrent('what cannot be heard of is told in words, and heard of once it can be', async ({
  onTestFinished: atEnd,
}) => {
  const [stdio, modern] = [await overStdio(SDK1)(atEnd), await overStdio(RUNTIME)(atEnd)];
  const deaf = await sdk1('http')(atEnd);
  const servers = { stdio: stdio.entry, modern: modern.entry, deaf: deaf.entry };
  const hub = await testHub(
    { ...servers, off: { ...stdio.entry, meanwhile: { enabled: false } } },
    { atEnd },
  );
  const problemOf = async (watch: (watching: ReturnType<typeof recorded>) => void) => {
    const told = recorded();
    watch(told);
    return eventually(() => told.problems.at(-1));
  };
  expect(await problemOf((told) => hub.watchResource('off', COUNT_URI, told))).toBe(
    'The server “off” is turned off.',
  );
  expect(await problemOf((told) => hub.watchResource('stdio', 'test:///other', told))).toBe(
    '“stdio” refused to report changes of test:///other: no such resource',
  );
  expect(await problemOf((told) => hub.watchList('stdio', 'prompts', told))).toBe(
    '“stdio” does not report changes of its list of prompts.',
  );
  expect(await problemOf((told) => hub.watchList('modern', 'tools', told))).toBe(
    '“modern” does not report changes of its list of tools.',
  );
  expect(await problemOf((told) => hub.watchResource('modern', 'test:///other', told))).toBe(
    '“modern” could not be asked for test:///other: There is no resource test:///other.',
  );
  expect(await problemOf((told) => hub.watchResource('deaf', COUNT_URI, told))).toBe(
    '“deaf” keeps no session in which it could report changes.',
  );

  const later = recorded<ResourceUpdate>();
  hub.watchResource('later', COUNT_URI, later);
  expect(later.problems).toEqual(['There is no server “later”.']);
  hub.configure({ ...servers, later: stdio.entry });
  await eventually(() => later.updates.length > 0);
  expect(later.updates[0]).toMatchObject({ reason: 'resubscribed', content: { json: { count: 0 } } });
});

test.concurrent('a stream that broke off is opened again, and what was missed is found', async ({
  onTestFinished: atEnd,
}) => {
  const peer = await sdk1('http-session')(atEnd);
  const way = await cutOff(peer.entry.url!, atEnd);
  const clock = manualClock();
  const hub = await testHub({ peer: { ...peer.entry, url: way.url } }, { atEnd, clock });
  const told = recorded<ResourceUpdate>();
  hub.watchResource('peer', COUNT_URI, told);
  const newest = (count: number) =>
    eventually(() => {
      clock.advance(1_000);
      return told.updates.some((update) => countIn(update) === count);
    });
  await newest(0);
  await way.breakOff();
  await way.comeBack();
  peer.changeUnheard(7);
  await newest(7);
  expect(told.updates.at(-1)?.reason).toBe('resubscribed');
  expect(await hub.say('peer', 'subscriptions')).toBe('1'); // it is the same session
  await hub.say('peer', 'change');
  await newest(8);
});

test.concurrent('a server that nobody of us wrote is heard', async ({ onTestFinished: atEnd }) => {
  const program = join(ROOT, 'node_modules/@modelcontextprotocol/server-everything/dist/index.js');
  const hub = await testHub({ everything: { command: process.execPath, args: [program] } }, { atEnd });
  const told = recorded<ResourceUpdate>();
  hub.watchResource('everything', 'demo://resource/dynamic/text/1', told);
  await eventually(() => told.updates.length === 1);
  expect(told.updates[0]?.content.text).toContain('Resource 1');
  await hub.say('everything', 'toggle-subscriber-updates');
  await eventually(() => told.updates.at(-1)?.reason === 'updated');
  expect(told.problems).toEqual([]);
});
