import { beforeAll, describe, expect, test } from 'vitest';
import type { Assignment } from '../src/assignment/assignment.ts';
import type { Run } from '../src/assignment/run.ts';
import { signHook } from '../src/sources/assignments/hooks/verify-hook.ts';
import type { Task } from '../src/task/task.ts';
import type {
  AssignmentExportBody,
  AssignmentMade,
  AssignmentPage,
  AssignmentsImported,
  HookAddress,
  Problem,
  RunPage,
  RunStarted,
  ServerList,
  Tried,
} from '../src/views/api/contract/types.ts';
import { readEvents, type SeenEvent } from './support/event-reader.ts';
import { eventually } from './support/eventually.ts';
import { rawRequest } from './support/raw-request.ts';
import { atEndOfFile, testHost, workServer } from './support/test-host.ts';

/* Assignments as a program makes and follows them, with a real host and real calls. */

const atEnd = atEndOfFile();
let host: Awaited<ReturnType<typeof testHost>>;

beforeAll(async () => {
  host = await testHost({ lab: workServer() }, { atEnd });
  await eventually(async () => {
    const { body } = await host.api.get<ServerList>('/api/servers');
    return body.servers[0]?.state === 'ready';
  });
});

const echo = (text: string) => ({
  type: 'calls',
  calls: [{ server: 'lab', tool: 'echo', arguments: { text } }],
});
const daily = { type: 'timer', text: 'every day at 9:00' };
const hook = { type: 'event', source: { kind: 'hook', signed: false } };

const make = async (draft: object) => {
  const answer = await host.api.post<AssignmentMade>('/api/assignments', draft);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
};
const get = async (id: string) => (await host.api.get<Assignment>(`/api/assignments/${id}`)).body;
const runsOf = async (id: string) => (await host.api.get<RunPage>(`/api/assignments/${id}/runs`)).body;
const ended = (id: string) =>
  eventually(async () => {
    const run = (await host.api.get<Run>(`/api/runs/${id}`)).body;
    return run.endedAt !== undefined && run;
  });

describe('from a draft to an assignment', () => {
  test('a preview says what was understood and the next five times, and saves nothing', async () => {
    const before = await host.store.changes.head();
    const { status, body } = await host.api.post('/api/assignments/preview', {
      trigger: daily,
      work: { type: 'calls', calls: [{ server: 'nowhere', tool: 'x', arguments: {} }] },
      timeZone: 'Europe/Berlin',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      words: expect.stringContaining('9:00'),
      timeZone: 'Europe/Berlin',
      warnings: ['There is no server “nowhere”.'],
    });
    expect((body as { next: string[] }).next).toHaveLength(5);
    expect(await host.store.changes.head()).toBe(before);
  });

  test('it is made, listed, changed, paused, removed and restored', async () => {
    const { assignment, hookUrl } = await make({ title: 'Morning report', trigger: daily, work: echo('hi') });
    const { id } = assignment;
    expect(hookUrl).toBeUndefined();
    expect(assignment).toMatchObject({ state: 'on', createdBy: 'person', nextDueAt: expect.any(String) });
    const { body: page } = await host.api.get<AssignmentPage>('/api/assignments?q=morn&limit=5');
    expect(page).toMatchObject({ assignments: [{ id }], nextCursor: null, seq: expect.any(Number) });

    const path = `/api/assignments/${id}`;
    expect((await host.api.patch<Assignment>(path, { state: 'paused' })).body).toMatchObject({
      state: 'paused',
      title: 'Morning report',
    });
    expect(
      (await host.api.get<AssignmentPage>('/api/assignments?state=paused,done')).body.assignments,
    ).toMatchObject([{ id }]);
    const change = {
      state: 'on',
      title: 'Evening report',
      trigger: { type: 'timer', text: 'every day at 18:00' },
    };
    expect((await host.api.patch<Assignment>(path, change)).body).toMatchObject({
      state: 'on',
      title: 'Evening report',
      trigger: { text: 'every day at 18:00' },
    });

    expect((await host.api.delete(path)).status).toBe(204);
    expect((await get(id)).state).toBe('removed');
    expect((await host.api.get<AssignmentPage>('/api/assignments?q=evening')).body.assignments).toEqual([]);
    expect((await host.api.post<Assignment>(`${path}/restore`)).body).toMatchObject({ id, state: 'on' });
  });

  test('a draft is tried out without being saved', async () => {
    const { status, body } = await host.api.post<Tried>('/api/assignments/try', {
      draft: { title: 'Only tried', trigger: hook, work: echo('{{event.ref}}') },
      event: { type: 'push', data: { ref: 'main' } },
    });
    expect(status, JSON.stringify(body)).toBe(202);
    const task = await eventually(async () => {
      const now = (await host.api.get<Task>(`/api/tasks/${body.taskId}`)).body;
      return now.endedAt !== undefined && now;
    });
    expect(task).toMatchObject({ status: 'completed', sessionId: body.sessionId });
    expect((await host.api.get<AssignmentPage>('/api/assignments?q=tried')).body.assignments).toEqual([]);
  });

  test('export and import: those that are there are not made again', async () => {
    await make({ title: 'Kept', trigger: daily, work: echo('kept') });
    const file = (await host.api.get<AssignmentExportBody>('/api/assignments/export')).body;
    expect(file).toMatchObject({ meanwhile: 'assignments', version: 1 });
    const kept = file.assignments.find(({ title }) => title === 'Kept');
    const another = { ...kept, title: 'Another' };
    const wrong = { title: 'Wrong', trigger: { type: 'timer', text: 'whenever' }, work: echo('x') };
    const { status, body } = await host.api.post<AssignmentsImported>('/api/assignments/import', {
      ...file,
      assignments: [kept, another, wrong, 7],
    });
    expect(status).toBe(200);
    expect(body.made).toBe(1);
    expect(body.skipped.map(({ title }) => title)).toEqual(['Kept', 'Wrong', '(no title)']);
    const { assignments } = (await host.api.get<AssignmentPage>('/api/assignments?q=another')).body;
    expect(assignments).toMatchObject([{ title: 'Another', state: 'paused' }]);
  });
});

describe('runs', () => {
  test('it is run now, shown as a task, listed, and told over the feed', async () => {
    const events: SeenEvent[] = [];
    const reader = readEvents(host, {}, (event) => events.push(event));
    const { assignment } = await make({ trigger: daily, work: echo('now') });
    const started = await host.api.post<RunStarted>(`/api/assignments/${assignment.id}/run`);
    expect(started.status).toBe(202);
    expect(started.body.run).toMatchObject({ assignmentId: assignment.id, cause: { type: 'person' } });
    expect(started.body.run.seq).toBeGreaterThan(0);
    const run = await ended(started.body.run.id);
    expect(run).toMatchObject({ state: 'completed', steps: [{ state: 'completed' }] });
    expect((await host.api.get<Task>(`/api/tasks/${run.taskId}`)).body.source).toMatchObject({
      type: 'assignment',
      assignmentId: assignment.id,
    });
    expect(await runsOf(assignment.id)).toMatchObject({ runs: [{ id: run.id }], nextCursor: null });
    const { body } = await host.api.get<RunPage>(`/api/assignments/${assignment.id}/runs?state=failed,lost`);
    expect(body.runs).toEqual([]);
    await eventually(() =>
      events.some(({ type, data }) => type === 'run' && data.id === run.id && data.endedAt),
    );
    expect(events.some(({ type, data }) => type === 'assignment' && data.id === assignment.id)).toBe(true);
    reader.cut();
    await reader.over;
  });

  test('once there are five, it is said what is usual', async () => {
    const { assignment } = await make({ trigger: daily, work: echo('x'), rules: { overlap: 'queue' } });
    expect((await runsOf(assignment.id)).usual).toBeUndefined();
    for (let at = 0; at < 5; at++) {
      const { body } = await host.api.post<RunStarted>(`/api/assignments/${assignment.id}/run`);
      await ended(body.run.id);
    }
    const { usual } = await runsOf(assignment.id);
    expect(usual).toMatchObject({ runs: 5, medianMs: expect.any(Number) });
  });
});

describe('hooks', () => {
  const call = (url: string, body: string, headers: Record<string, string> = {}) =>
    rawRequest(url, { method: 'POST', headers, body });
  let hooked: AssignmentMade;
  const addressOf = ({ hookUrl = '' }: { hookUrl?: string | undefined }) => hookUrl;

  beforeAll(async () => {
    hooked = await make({ title: 'Hooked', trigger: hook, work: echo('{{event.type}}') });
  });

  test('the address is told once, whole, and calling it needs no sign-in', async () => {
    expect(addressOf(hooked)).toMatch(new RegExp(`^${host.url}/api/hooks/\\S{20,}$`));
    expect(addressOf(hooked)).toContain(hooked.assignment.hookHint);
    expect(JSON.stringify(await get(hooked.assignment.id))).not.toContain(
      addressOf(hooked).split('/').at(-1),
    );
    const answer = await call(addressOf(hooked), '{"a":1}', { 'content-type': 'application/json' });
    expect({ status: answer.status, body: JSON.parse(answer.text) }).toEqual({
      status: 202,
      body: { accepted: true },
    });
  });

  test.each([
    ['application/json; charset=utf-8', '{"a":1}'],
    ['application/cloudevents+json', '{"a":1}'],
    ['application/x-www-form-urlencoded', 'a=1&b=2'],
    ['text/plain', 'it happened'],
  ])('a body of %s is taken', async (type, body) => {
    expect((await call(addressOf(hooked), body, { 'content-type': type })).status).toBe(202);
  });

  test('a signed one is told what to sign with, and takes nothing else', async () => {
    const signed = { type: 'event', source: { kind: 'hook', signed: true } };
    const { hookUrl = '', hookSecret = '' } = await make({ trigger: signed, work: echo('x') });
    expect(hookSecret).toMatch(/^whsec_/);
    const seconds = Math.floor(Date.now() / 1_000);
    const send = (signature: string) =>
      call(hookUrl, '{"a":1}', {
        'content-type': 'application/json',
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(seconds),
        'webhook-signature': signature,
      });
    const wrong = await send('v1,AAAA');
    expect(wrong.status).toBe(400);
    expect((JSON.parse(wrong.text) as Problem).errors?.[0]?.field).toBe('webhook-signature');
    expect((await send(signHook(hookSecret, 'msg_1', seconds, '{"a":1}'))).status).toBe(202);
  });

  test('the same event a second time is not accepted again', async () => {
    const send = () =>
      call(addressOf(hooked), '{}', { 'content-type': 'application/json', 'webhook-id': 'once' });
    expect([(await send()).text, (await send()).text]).toEqual(['{"accepted":true}', '{"accepted":false}']);
  });

  test('whatever is no address gets the one same answer', async () => {
    const { hookUrl } = (await host.api.post<HookAddress>(`/api/assignments/${hooked.assignment.id}/hook`))
      .body;
    const old = addressOf(hooked);
    const wrong = [
      old,
      `${hookUrl}x`,
      hookUrl.slice(0, -1),
      `${host.url}/api/hooks/x`,
      `${host.url}/api/hooks/${'y'.repeat(5_000)}`,
    ];
    const answers = await Promise.all(
      wrong.map((url) => call(url, '{}', { 'content-type': 'application/json' })),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
    expect((JSON.parse(answers[0]!.text) as Problem).code).toBe('hook_not_found');
    expect((await call(hookUrl, '{}', { 'content-type': 'application/json' })).status).toBe(202);
    hooked = { ...hooked, hookUrl };
  });

  test.each([
    ['a page of another site', { origin: 'https://evil.example' }, '{}', 403, 'forbidden_origin'],
    ['a rebound name', { host: 'evil.example' }, '{}', 403, 'forbidden_host'],
    ['more than 256 KB', {}, `"${'x'.repeat(256 * 1024)}"`, 413, 'body_too_large'],
    [
      'another type',
      { 'content-type': 'multipart/form-data; boundary=x' },
      'x',
      415,
      'unsupported_media_type',
    ],
    ['broken JSON', {}, '{"a":', 400, 'invalid_request'],
  ])('%s is refused', async (_what, headers, body, status, code) => {
    const answer = await call(addressOf(hooked), body, { 'content-type': 'application/json', ...headers });
    expect({ status: answer.status, code: (JSON.parse(answer.text) as Problem).code }).toEqual({
      status,
      code,
    });
  });

  test('its address is open to POST alone', async () => {
    expect((await rawRequest(addressOf(hooked), {})).status).toBe(401);
    expect(await host.api.get('/api/hooks/x')).toMatchObject({ status: 405 });
  });
});
