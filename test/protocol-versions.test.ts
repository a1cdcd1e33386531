import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ServerEntry } from '../src/sources/server-entry.ts';
import type { ServerView } from '../src/store/records.ts';
import type { Task } from '../src/task/task.ts';
import type { CallAnswer } from '../src/views/api/contract/types.ts';
import { eventually } from './support/eventually.ts';
import { httpFixture } from './support/http-fixture.ts';
import { type Api, atEndOfFile, ROOT, tempFolder, testHost, workServer } from './support/test-host.ts';

/* Plain calls with progress and cancel, through the real hub, on every version of the protocol. */

const node = (...args: string[]): ServerEntry => ({ command: process.execPath, args });
const old = (version: string, before: string) =>
  node(join(ROOT, 'test/fixtures/old-server.mjs'), version, before);

interface Kind {
  readonly version: string;
  readonly tool: string;
  /** Runs `steps` steps of about 20 ms. */
  readonly args: (steps: number) => Record<string, unknown>;
  readonly text: string;
}

const steps = (count: number) => ({ steps: count });
const oldKind = (version: string): Kind => ({
  version,
  tool: 'work',
  args: steps,
  text: `worked by ${version}`,
});
const VERSIONS = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'];
const OLD: Record<string, Kind & { before: string }> = Object.fromEntries([
  ...VERSIONS.flatMap((version) =>
    ['reply', 'exit'].map((before) => [`old-${version}-${before}`, { ...oldKind(version), before }]),
  ),
  ['old-silent', { ...oldKind('2025-06-18'), before: 'silent' }], // costs the 5 s of the probe
]);
const KINDS: Record<string, Kind> = {
  ...OLD,
  'sdk1-stdio': { version: '2025-11-25', tool: 'work', args: steps, text: 'did 5 steps' },
  'sdk1-http': { version: '2025-11-25', tool: 'work', args: steps, text: 'did 5 steps' },
  'work-stdio': { version: '2026-07-28', tool: 'steps', args: steps, text: 'did 5 steps' },
  'work-http': { version: '2026-07-28', tool: 'steps', args: steps, text: 'did 5 steps' },
  everything: {
    version: '2025-11-25',
    tool: 'trigger-long-running-operation',
    args: (count) => ({ steps: count, duration: count / 20 }),
    text: 'Long running operation completed',
  },
};
const NAMES = Object.keys(KINDS);

const atEnd = atEndOfFile();
let api: Api;
let close: () => Promise<void>;
let doomed: { name: string; kill(): Promise<void> }[];

beforeAll(async () => {
  const [sdk1, work, doomedSdk1, doomedWork] = await Promise.all(
    ['sdk1-server.ts', 'work-server.ts', 'sdk1-server.ts', 'work-server.ts'].map((file) =>
      httpFixture(file, atEnd),
    ),
  );
  doomed = [
    { name: 'doomed-sdk1', kill: doomedSdk1!.kill },
    { name: 'doomed-work', kill: doomedWork!.kill },
  ];
  const everything = join(ROOT, 'node_modules/.bin/mcp-server-everything');
  const host = await testHost(
    {
      ...Object.fromEntries(
        Object.entries(OLD).map(([name, { version, before }]) => [name, old(version, before)]),
      ),
      'sdk1-stdio': node(join(ROOT, 'test/fixtures/sdk1-server.ts'), 'stdio'),
      'sdk1-http': { url: sdk1!.url },
      'work-stdio': workServer(),
      'work-http': { url: work!.url },
      'doomed-sdk1': { url: doomedSdk1!.url },
      'doomed-work': { url: doomedWork!.url },
      everything: node(everything, 'stdio'),
    },
    { atEnd },
  );
  ({ api, close } = host);
}, 60_000);

const viewOf = (server: string) =>
  eventually(async () => {
    const { body } = await api.get<ServerView>(`/api/servers/${server}`);
    return body.state === 'ready' && body;
  }, 30_000);

const call = async (server: string, tool: string, args: Record<string, unknown>) => {
  await viewOf(server);
  const answer = await api.post<CallAnswer>(`/api/servers/${server}/tools/${tool}`, { arguments: args });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};

const taskOf = async (id: string) => (await api.get<Task>(`/api/tasks/${id}`)).body;
const ended = (id: string, withinMs?: number) =>
  eventually(async () => {
    const task = await taskOf(id);
    return task.endedAt !== undefined && task;
  }, withinMs);

describe('each server', () => {
  test.each(NAMES)('%s: progress to the last, and the result', async (name) => {
    const { version, tool, args, text } = KINDS[name]!;
    expect(await viewOf(name)).toMatchObject({
      protocolVersion: version,
      generation: name === 'everything' ? 'v1' : 'plain',
    });
    const { taskId } = await call(name, tool, args(5));
    expect(await ended(taskId ?? '')).toMatchObject({
      status: 'completed',
      progress: { value: 5, total: 5 },
      result: { preview: expect.stringContaining(text), isError: false },
    });
  });

  test('calls that are asked to stop: each row says truthfully what became of it', async () => {
    const folder = tempFolder();
    const stopped = await Promise.all(
      NAMES.map(async (name) => {
        const { tool, args } = KINDS[name]!;
        const marks = name.startsWith('sdk1');
        const mark = join(folder, name);
        const { taskId = '' } = name.startsWith('work')
          ? await call(name, 'hold', { mark })
          : await call(name, tool, {
              ...args(name === 'everything' ? 40 : 100_000),
              ...(marks ? { mark } : {}),
            });
        const { status, body } = await api.post<Task>(`/api/tasks/${taskId}/cancel`, {});
        expect(status).toBe(202);
        expect(body).toMatchObject({ status: 'working', cancel: { requestedBy: 'you' } });
        const goesOn =
          name === 'everything' && (await eventually(async () => (await taskOf(taskId)).cancel.note));
        return { name, mark, goesOn, task: await ended(taskId, 18_000) };
      }),
    );
    for (const { name, mark, goesOn, task } of stopped) {
      if (name === 'everything') {
        // It works on to its end and the SDK keeps the answer to itself: nobody can know how it ended.
        expect(goesOn).toContain('goes on although it was asked to stop');
        expect(task, name).toMatchObject({
          status: 'lost',
          statusMessage: expect.stringContaining('went on'),
        });
        continue;
      }
      expect(task, name).toMatchObject({
        status: 'cancelled',
        statusMessage: expect.stringContaining('top'),
      });
      if (name.startsWith('work') || name.startsWith('sdk1')) {
        await eventually(() => existsSync(mark)); // it has reached the handler
        expect(readFileSync(mark, 'utf8'), name).toBe('stopped\n');
      }
    }
  }, 40_000);
});

describe('what travels', () => {
  test.each(['work-stdio', 'work-http'])('%s: a message of 5 MB', async (name) => {
    const { result, taskId } = await call(name, 'long', { characters: 5_000_000 });
    if (taskId !== undefined) await ended(taskId);
    const content =
      taskId === undefined
        ? result?.content
        : (await api.get<{ content: unknown }>(`/api/tasks/${taskId}/result`)).body.content;
    const [part] = (content as { content: { text: string }[] }).content;
    expect(part?.text).toHaveLength(5_000_000);
  });

  test.each(['work-stdio', 'work-http'])(
    '%s: 10,000 updates as fast as it can; the last is kept',
    async (name) => {
      const { taskId } = await call(name, 'storm', { updates: 10_000 });
      expect(await ended(taskId ?? '')).toMatchObject({
        status: 'completed',
        progress: { value: 10_000, total: 10_000, message: 'update 10000' },
        result: { preview: 'the storm is over' },
      });
    },
  );

  test('what is no JSON on the output of a server harms no call, and is shown', async () => {
    expect((await call('work-stdio', 'noise', {})).result?.content).toMatchObject({
      content: [{ text: 'after the noise' }],
    });
  });
});

describe('the end of a server or of the host', () => {
  test.each([0, 1])(
    'a server behind an address that is killed in the middle is noticed in seconds (%i)',
    async (at) => {
      const { name, kill } = doomed[at]!;
      const { taskId = '' } =
        name === 'doomed-work' ? await call(name, 'hold', {}) : await call(name, 'work', { steps: 100_000 });
      await kill();
      expect(await ended(taskId, 5_000)).toMatchObject({
        status: 'lost',
        statusMessage: expect.stringContaining('may have gone on'),
      });
    },
  );

  test('closing the host stops what runs on servers behind an address', async () => {
    const folder = tempFolder();
    const marks = ['sdk1-http', 'work-http'].map((name) => join(folder, name));
    await call('sdk1-http', 'work', { steps: 100_000, mark: marks[0] });
    await call('work-http', 'hold', { mark: marks[1] });
    await close();
    for (const mark of marks) await eventually(() => existsSync(mark));
  });
});
