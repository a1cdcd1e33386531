import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ServerView } from '../src/store/records.ts';
import type { Task } from '../src/task/task.ts';
import type { CallAnswer } from '../src/views/api/contract/types.ts';
import { cutOff } from './support/cut-off.ts';
import { eventually } from './support/eventually.ts';
import { httpFixture } from './support/http-fixture.ts';
import { type Api, atEndOfFile, ROOT, testHost } from './support/test-host.ts';

/*
 * Progress as servers send it, from the wire to the task. What a bar makes of each value stands in
 * src/tracker/progress.test.ts; 10,000 updates as fast as it can in protocol-versions.test.ts.
 */

const atEnd = atEndOfFile();
let odd: Api;

const ready = (api: Api) =>
  eventually(async () => (await api.get<ServerView>('/api/servers/lab')).body.state === 'ready', 20_000);

beforeAll(async () => {
  const args = [join(ROOT, 'test/fixtures/odd-server.ts')];
  odd = (await testHost({ lab: { command: process.execPath, args } }, { atEnd })).api;
  await ready(odd);
});

async function begin(api: Api, tool: string, args: object): Promise<string> {
  const { body } = await api.post<CallAnswer>(`/api/servers/lab/tools/${tool}`, { arguments: args });
  expect(body.taskId, JSON.stringify(body)).toBeDefined();
  return body.taskId!;
}

const until = (api: Api, id: string, fits: (task: Task) => boolean, withinMs?: number) =>
  eventually(async () => {
    const { body } = await api.get<Task>(`/api/tasks/${id}`);
    return fits(body) && body;
  }, withinMs);
const hasEnded = ({ endedAt }: Task) => endedAt !== undefined;

/** The line of a notification, as it stands on the wire. */
const told = (fields: string, token = '"TOKEN"') =>
  `{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":${token},${fields}}}`;

const CASES: Readonly<Record<string, { lines: readonly string[]; shown: Task['progress'] }>> = {
  'the last one right before the answer': {
    lines: [told('"progress":1,"total":4'), told('"progress":4,"total":4,"message":"done"')],
    shown: { value: 4, total: 4, message: 'done' },
  },
  'values that go backwards': {
    lines: [1, 7, 2, 3].map((value) => told(`"progress":${value},"total":10`)),
    shown: { value: 7, total: 10 },
  },
  'numbers that are none': {
    lines: [
      told('"progress":3,"total":10'),
      ...['"NaN"', 'null', '"9"', '1e999', '-1e999', '{}', '[9]', 'true'].map((value) =>
        told(`"progress":${value},"total":10`),
      ),
    ],
    shown: { value: 3, total: 10 },
  },
  'a value that is left out': {
    lines: [told('"progress":3,"total":10'), told('"total":10,"message":"still at it"')],
    shown: { value: 3, total: 10, message: 'still at it' },
  },
  'a total that grows': {
    lines: [told('"progress":3,"total":10'), told('"progress":4,"total":20')],
    shown: { value: 4, total: 20 },
  },
  'a total that shrinks below the value': {
    lines: [told('"progress":30,"total":100'), told('"progress":31,"total":20')],
    shown: { value: 31 },
  },
  'a total that goes': {
    lines: [told('"progress":3,"total":10'), told('"progress":4')],
    shown: { value: 4 },
  },
  'totals that are none': {
    lines: ['0', '-5', '"10"', '1e999', 'null'].map((total, at) =>
      told(`"progress":${at + 1},"total":${total}`),
    ),
    shown: { value: 5 },
  },
  'tokens that are not its own': {
    lines: [
      told('"progress":1,"total":10'),
      ...['"TOKEN2"', '"nobody"', '7', 'null', '{}', '["TOKEN"]', '""', '"__proto__"'].map((token) =>
        told('"progress":9,"total":10', token),
      ),
    ],
    shown: { value: 1, total: 10 },
  },
  'a message of 5 MB': {
    lines: [told('"progress":1,"total":2,"message":"LONG"'), told('"progress":2,"total":2')],
    shown: { value: 2, total: 2, message: 'x'.repeat(500) },
  },
  'messages that are none': {
    lines: [told('"progress":1,"message":{"toString":1}'), told('"progress":2,"message":5')],
    shown: { value: 2 },
  },
};

describe.each(['tell', 'tell_as_task'])('%s', (tool) => {
  test.each(Object.entries(CASES))('%s', async (_what, { lines, shown }) => {
    const id = await begin(odd, tool, { lines });
    const { status, progress } = await until(odd, id, hasEnded);
    expect({ status, progress }).toEqual({ status: 'completed', progress: shown });
  });
});

test('what comes after the answer changes nothing', async () => {
  const lines = [told('"progress":1,"total":2')];
  const id = await begin(odd, 'tell', {
    lines,
    after: [told('"progress":2,"total":2'), told('"progress":3')],
  });
  await until(odd, id, hasEnded);
  await until(odd, await begin(odd, 'tell', { lines }), hasEnded); // by now it has been read
  const { body } = await odd.get<Task>(`/api/tasks/${id}`);
  expect(body).toMatchObject({ status: 'completed', progress: { value: 1, total: 2 } });
});

test('a task of 2025-11-25 over stdio: numbers come after its handle, to the last', async () => {
  const args = [join(ROOT, 'test/fixtures/tasks-v1-server.ts'), 'stdio'];
  const { api } = await testHost({ lab: { command: process.execPath, args } });
  await ready(api);
  const id = await begin(api, 'steps', { steps: 5, ms: 30 });
  expect(await until(api, id, hasEnded)).toMatchObject({
    status: 'completed',
    progress: { value: 5, total: 5, message: 'step 5 of 5' },
  });
});

test('a stream that was taken up again: what was missed and what is new are both shown', async () => {
  const way = await cutOff(
    (await httpFixture('plain-sdk1-server.ts', undefined, 0, [], 'http-resumable')).url,
  );
  const { api } = await testHost({ lab: { url: way.url } });
  await ready(api);
  const steps = 40;
  const id = await begin(api, 'steps', { steps, ms: 250 });
  const before = await until(api, id, ({ progress }) => (progress?.value ?? 0) >= 2);
  await way.breakOff();
  await until(api, id, ({ contactLost }) => contactLost !== undefined, 9_000);
  await way.comeBack();
  const after = await until(
    api,
    id,
    ({ contactLost, progress }) => contactLost === undefined && progress!.value > before.progress!.value,
    10_000,
  );
  expect(after).toMatchObject({ status: 'working', progress: { total: steps } });
  expect(await until(api, id, hasEnded, 15_000)).toMatchObject({
    status: 'completed',
    progress: { value: steps, total: steps },
    result: { preview: `did ${steps} steps` },
  });
}, 40_000);
