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
  'numbers with a unit, which win over the bare ones': {
    lines: [
      told(
        '"progress":0.5,"total":1,"message":"copying","_meta":{"meanwhile/progress":{"value":3,"total":7,"unit":"files"}}',
      ),
    ],
    shown: { value: 3, total: 7, unit: 'files', message: 'copying' },
  },
  'a new phase, which begins small': {
    lines: [
      '{"value":90,"total":100,"unit":"objects","phase":"counting"}',
      '{"value":2,"total":100,"unit":"objects","phase":"receiving"}',
    ].map((meta, at) => told(`"progress":${at + 1},"_meta":{"meanwhile/progress":${meta}}`)),
    shown: { value: 2, total: 100, unit: 'objects', phase: 'receiving' },
  },
  'numbers with a unit that cannot be read': {
    lines: ['5', 'null', '[]', '{}', '{"value":"9"}', '{"value":-1}', '{"value":1e999}'].map((meta, at) =>
      told(`"progress":${at + 1},"total":10,"_meta":{"meanwhile/progress":${meta}}`),
    ),
    shown: { value: 7, total: 10 },
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

test('a task tells its numbers and its newest lines when it is asked; each line is in its log once', async () => {
  const says = [
    { progress: { value: 1, total: 9, unit: 'files', message: 'one' }, next: 2, lines: ['a', 'b'] },
    { progress: 'none', next: 2, lines: ['a', 'b'] },
    { progress: { value: 4, total: 9, unit: 'files' }, next: 3, lines: ['b', 'c'] },
    { progress: { value: 9, total: 9, unit: 'files', phase: 'end' }, next: 9, lines: ['h', 'i'] },
  ].map(({ progress, ...output }) => ({
    _meta: { 'meanwhile/progress': progress, 'meanwhile/output': output },
  }));
  const id = await begin(odd, 'says_task', { says });
  expect((await until(odd, id, hasEnded)).progress).toEqual({
    value: 9,
    total: 9,
    unit: 'files',
    phase: 'end',
  });
  type Log = { entries: { kind: string; text: string }[] };
  const output = await eventually(async () => {
    const { entries } = (await odd.get<Log>(`/api/tasks/${id}/log`)).body;
    const texts = entries.filter(({ kind }) => kind === 'output').map(({ text }) => text);
    return texts.at(-1) === 'i' && texts; // the log is written a moment after the end
  });
  expect(output).toEqual(['a', 'b', 'c', '… (4 lines not sent) …', 'h', 'i']);
});

test.each([
  [{ stopped: true }, 'cancelled', 'Stopped; nothing of it is left.'],
  [
    { stopped: true, remains: 'The partial clone was removed.' },
    'cancelled',
    'Stopped. The partial clone was removed.',
  ],
  [{ stopped: true, remains: 7 }, 'cancelled', 'Stopped; nothing of it is left.'],
  [
    { stopped: false, remains: 'A process is left.' },
    'lost',
    'The server could not stop all of it; something goes on. A process is left.',
  ],
])('what remains of stopped work is told: %j', async (data, status, statusMessage) => {
  const id = await begin(odd, 'stop_with', { data });
  await odd.post(`/api/tasks/${id}/cancel`);
  expect(await until(odd, id, hasEnded)).toMatchObject({ status, statusMessage });
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
