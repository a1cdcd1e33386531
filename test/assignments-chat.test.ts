import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Assignment } from '../src/assignment/assignment.ts';
import { systemClock } from '../src/base/clock.ts';
import type { DraftPart, Message, MessagePart, Session } from '../src/store/records.ts';
import type {
  AssignmentPage,
  DraftSettled,
  MessagePage,
  Problem,
  Said,
  ServerList,
} from '../src/views/api/contract/types.ts';
import { COUNT_URI } from './fixtures/behaviours/counted-file.ts';
import { eventually } from './support/eventually.ts';
import { atEndOfFile, ROOT, tempFolder, testHost, workServer } from './support/test-host.ts';

/* What is said in a chat to be done later: a card first, and an assignment once somebody has said yes. */

const atEnd = atEndOfFile();
let host: Awaited<ReturnType<typeof testHost>>;
let session: string;
/** How much later the host believes it is. */
let later = 0;

beforeAll(async () => {
  const changing = {
    command: process.execPath,
    args: [join(ROOT, 'test/fixtures/changing-server.ts')],
    env: { COUNT_FILE: join(tempFolder(atEnd), 'count') },
  };
  host = await testHost(
    { lab: workServer(), changing },
    { atEnd, clock: { ...systemClock, now: () => systemClock.now() + later } },
  );
  session = (await host.api.post<Session>('/api/sessions', {})).body.id;
  await eventually(async () => {
    const { body } = await host.api.get<ServerList>('/api/servers');
    return body.servers.every(({ state }) => state === 'ready');
  });
});

const say = (text: string) => host.api.post<Said & Problem>(`/api/sessions/${session}/messages`, { text });

/** The card that an utterance made. */
async function cardOf(text: string): Promise<{ id: string; part: DraftPart }> {
  const { status, body } = await say(text);
  expect(status, JSON.stringify(body)).toBe(201);
  const message = body.messages.at(-1) as Message;
  const [part] = message.parts;
  if (part?.type !== 'draft') throw new Error(`no card but ${JSON.stringify(part)}`);
  return { id: message.id, part };
}

const settle = (id: string, decision: object) =>
  host.api.post<DraftSettled & Problem>(`/api/sessions/${session}/messages/${id}/draft`, decision);
const count = async () =>
  (await host.api.get<AssignmentPage>('/api/assignments?limit=200')).body.assignments.length;
const partNow = async (id: string): Promise<MessagePart | undefined> => {
  const { messages } = (await host.api.get<MessagePage>(`/api/sessions/${session}/messages?limit=200`)).body;
  return (messages as Message[]).find((message) => message.id === id)?.parts[0];
};

test.each([
  ['/remind in 30 minutes call mum', 'in 30 minutes', { type: 'text', text: 'call mum' }],
  [
    '/remind me tomorrow at 9:00 to water 3 plants',
    'tomorrow at 9:00',
    { type: 'text', text: 'water 3 plants' },
  ],
  ['/remind in 2 days: 3 apples', 'in 2 days', { type: 'text', text: '3 apples' }],
  ['/every weekday at 9:00 stand up', 'every weekday at 9:00', { type: 'text', text: 'stand up' }],
  [
    '/every last friday of the month at 17:00 /lab.steps steps=3 ms=1',
    'every last friday of the month at 17:00',
    { type: 'calls', calls: [{ server: 'lab', tool: 'steps', arguments: { steps: 3, ms: 1 } }] },
  ],
])('%s', async (text, when, work) => {
  const before = await count();
  const { part } = await cardOf(text);
  expect(part).toMatchObject({
    state: 'open',
    draft: { trigger: { type: 'timer', text: when }, work, sessionId: session },
  });
  expect(part.preview.next.length).toBeGreaterThan(0);
  expect(await count()).toBe(before);
});

test.each([
  ['/when task failed look at it', { kind: 'task', statuses: ['failed'] }],
  [
    '/when lab changes lab://x /lab.echo text={{event.type}}',
    { kind: 'resource', server: 'lab', uri: 'lab://x' },
  ],
  ['/when hook /lab.echo text=x', { kind: 'hook', signed: false }],
])('%s', async (text, source) => {
  const { part } = await cardOf(text);
  expect(part.draft.trigger).toEqual({ type: 'event', source });
  expect(part.preview.words).toMatch(/^When /);
});

test('a place is found among the resources that a server lists', async () => {
  const { part } = await cardOf('/when changing.created in count /lab.echo text={{event.path}}');
  expect(part.draft.trigger).toMatchObject({
    source: { kind: 'resource', server: 'changing', uri: COUNT_URI },
    filters: [{ path: 'type', op: 'equals', value: 'file.created' }],
  });
  const { status, body } = await say('/when changing.created in elsewhere tell me');
  expect(status).toBe(400);
  expect(body.detail).toBe('“changing” reports nothing of “elsewhere” now. It reports count.');
});

test('a card is made into an assignment once, however often it is asked for', async () => {
  const { id } = await cardOf('/every day at 7:00 wake up');
  const before = await count();
  const both = await Promise.all([settle(id, { action: 'make' }), settle(id, { action: 'make' })]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  expect(await count()).toBe(before + 1);
  const [made] = both;
  const assignment = made?.body.assignment as Assignment;
  expect(both[1]?.body.assignment?.id).toBe(assignment.id);
  expect(assignment).toMatchObject({
    sessionId: session,
    ownsSession: false,
    createdBy: 'person',
    state: 'on',
  });
  expect(await partNow(id)).toMatchObject({ type: 'draft', state: 'made', assignmentId: assignment.id });
  expect(await settle(id, { action: 'drop' })).toMatchObject({
    status: 409,
    body: { code: 'draft_settled', detail: expect.stringContaining(assignment.id) },
  });
});

test('a card is changed before it is made; a wrong change leaves it open', async () => {
  const { id } = await cardOf('/every day at 7:00 wake up');
  const wrong = await settle(id, {
    action: 'make',
    change: { trigger: { type: 'timer', text: 'whenever' } },
  });
  expect(wrong).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  expect(wrong.body.errors?.map(({ field }) => field)).toContain('trigger.text');
  expect(await partNow(id)).toMatchObject({ state: 'open' });
  const trigger = { type: 'timer', text: 'every day at 8:00' };
  const { status, body } = await settle(id, { action: 'make', change: { title: 'Later', trigger } });
  expect(status).toBe(200);
  expect(body.assignment).toMatchObject({ title: 'Later', trigger: { text: 'every day at 8:00' } });
  expect(await partNow(id)).toMatchObject({
    draft: { title: 'Later', trigger },
    preview: { title: 'Later' },
  });
});

test('a time that counts from now is the one that the card showed', async () => {
  const { id, part } = await cardOf('/remind in 30 minutes tea');
  const shown = part.preview.next[0] ?? '';
  later = 10 * 60_000;
  onTestFinished(() => {
    later = 0;
  });
  const { nextDueAt = '' } = (await settle(id, { action: 'make' })).body.assignment as Assignment;
  expect(nextDueAt.slice(0, 19)).toBe(shown.slice(0, 19));
});

test('a card is dropped, and stays so', async () => {
  const { id } = await cardOf('/remind in 30 minutes tea');
  const before = await count();
  expect((await settle(id, { action: 'drop' })).body.message.parts).toMatchObject([{ state: 'dropped' }]);
  expect((await settle(id, { action: 'drop' })).status).toBe(200);
  expect(await settle(id, { action: 'make' })).toMatchObject({
    status: 409,
    body: { code: 'draft_settled' },
  });
  expect(await count()).toBe(before);
});

test('the address of a hook is told when its card is made', async () => {
  const { id } = await cardOf('/when hook /lab.echo text=called');
  expect((await settle(id, { action: 'make' })).body.hookUrl).toContain(`${host.url}/api/hooks/`);
  expect((await settle(id, { action: 'make' })).body.hookUrl).toBeUndefined();
});

test('what cannot be understood says why and writes nothing', async () => {
  const before = (await host.api.get<MessagePage>(`/api/sessions/${session}/messages?limit=200`)).body
    .messages;
  for (const [text, code] of [
    ['/remind', 'invalid_command'],
    ['/remind call mum', 'invalid_command'],
    ['/remind in 30 minutes', 'invalid_command'],
    ['/every so often /lab.echo text=x', 'invalid_command'],
    ['/every day at 9:00 /lab.nothing', 'tool_not_found'],
    ['/every day at 9:00 /nowhere.x', 'server_not_found'],
    ['/when', 'invalid_command'],
    ['/when task failed', 'invalid_command'],
    ['/when lab.created in /nowhere tell me', 'invalid_command'],
    ['/when nowhere.created in /x tell me', 'server_not_found'],
  ] as const) {
    const { status, body } = await say(text);
    expect({ text, status: Math.floor(status / 100), code: body.code }).toEqual({ text, status: 4, code });
  }
  const after = (await host.api.get<MessagePage>(`/api/sessions/${session}/messages?limit=200`)).body
    .messages;
  expect(after).toEqual(before);
});

test('/assignments lists them', async () => {
  const { body } = await say('/assignments');
  const part = body.messages.at(-1)?.parts[0] as MessagePart;
  expect(part.type === 'notice' && part.text).toMatch(/Later: .*8:00.*next .*\(asg_/);
});
