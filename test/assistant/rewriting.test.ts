import { expect, test } from 'vitest';
import type { Message, Session } from '../../src/store/records.ts';
import type { MessagePage } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { workServer } from '../support/test-host.ts';
import { assistantHost, chatting, textOf, usesIn } from './rig.ts';

const words = (messages: readonly Message[]) => messages.map(textOf).filter((text) => text !== '');

test('an answer is tried again: the old one is hidden, with all that came later, and nothing is lost', async () => {
  const rig = await assistantHost({ lab: workServer() });
  rig.stub.script(
    [{ tool: 'lab__echo', args: { text: 'x' } }],
    [{ text: 'one' }],
    [{ text: 'two' }],
    [{ text: 'better' }],
  );
  const first = await rig.chat.ask('question');
  await rig.chat.ask('next');
  const { status, body } = await rig.chat.act('retry', first);
  expect(status).toBe(201);
  expect(textOf(await rig.chat.until('done'))).toBe('better');
  expect(words(await rig.chat.messages())).toEqual(['question', 'better']);
  const all = (await rig.api.get<MessagePage>(`/api/sessions/${rig.chat.session}/messages?limit=200`)).body
    .messages as Message[];
  const fresh = body.messages.at(-1)!;
  expect(all.filter(({ supersededBy }) => supersededBy === fresh.id).map(textOf)).toEqual([
    '',
    '',
    'one',
    'next',
    'two',
  ]);
  expect(rig.stub.seen.at(-1)?.rest).not.toContain('one');
});

test('what was said is said otherwise', async () => {
  const rig = await assistantHost();
  rig.stub.script([{ text: 'one' }], [{ text: 'two' }], [{ text: 'three' }]);
  await rig.chat.ask('keep this');
  await rig.chat.ask('wrong');
  const wrong = (await rig.chat.messages()).find((message) => textOf(message) === 'wrong')!;
  expect(await rig.chat.act('edit', wrong, { text: '/tasks' })).toMatchObject({ status: 400 });
  expect(await rig.chat.act('edit', wrong, { text: ' ' })).toMatchObject({ status: 400 });
  expect((await rig.chat.act('edit', wrong, { text: 'right' })).status).toBe(201);
  await rig.chat.until('done');
  expect(words(await rig.chat.messages())).toEqual(['keep this', 'one', 'right', 'three']);
  expect(rig.stub.seen.at(-1)?.rest).not.toContain('wrong');
  const answer = (await rig.chat.steps())[0]!;
  expect(await rig.chat.act('edit', answer, { text: 'x' })).toMatchObject({
    status: 404,
    body: { code: 'message_not_found' },
  });
});

test('editing in the middle of an answer stops that answer', async () => {
  const rig = await assistantHost();
  const never = new Promise(() => {});
  rig.stub.script([{ text: 'endless' }, { wait: never }], [{ text: 'short' }]);
  const { body } = await rig.chat.say('tell me all');
  await rig.chat.until('running');
  await rig.chat.act('edit', body.messages[0]!, { text: 'tell me little' });
  expect(textOf(await rig.chat.until('done'))).toBe('short');
  expect(words(await rig.chat.messages())).toEqual(['tell me little', 'short']);
});

test('a chat branches off with copies of its own', async () => {
  const rig = await assistantHost({ lab: workServer() });
  rig.stub.script(
    [{ tool: 'lab__echo', args: { text: 'x' } }],
    [{ text: 'one' }],
    [{ text: 'two' }],
    [{ text: 'other two' }],
  );
  const first = await rig.chat.ask('question');
  await rig.chat.ask('next');
  const branched = (
    await rig.api.post<Session>(`/api/sessions/${rig.chat.session}/branch`, { messageId: first.id })
  ).body;
  expect(branched).toMatchObject({ title: 'question (branch)', kind: 'chat', ask: 'never' });
  const branch = chatting(rig.api, branched.id);
  expect(words(await branch.messages())).toEqual(['question', 'one']);
  const ids = (await rig.chat.messages()).map(({ id }) => id);
  expect((await branch.messages()).some(({ id }) => ids.includes(id))).toBe(false);
  const [use] = usesIn((await branch.steps())[0]!);
  expect((await branch.messages()).some(({ id }) => id === use?.messageId)).toBe(true);
  expect(textOf(await branch.ask('next, otherwise'))).toBe('other two');
  expect(words(await rig.chat.messages())).toEqual(['question', 'one', 'next', 'two']);
  expect(
    await rig.api.post(`/api/sessions/${rig.chat.session}/branch`, { messageId: 'msg_none' }),
  ).toMatchObject({
    status: 404,
    body: { code: 'message_not_found' },
  });
});

test('only the newest turn that did not end by itself can be continued', async () => {
  const rig = await assistantHost();
  rig.stub.script({ status: 400, message: 'no' }, [{ text: 'yes' }], [{ text: 'more' }]);
  const failed = await rig.chat.ask('question');
  expect(failed.turn?.error?.message).toContain('no');
  expect((await rig.chat.act('continue', failed)).status).toBe(201);
  const done = await rig.chat.until('done');
  expect(done.turn).toMatchObject({ id: failed.turn?.id, step: 2 });
  for (const message of [failed, done])
    expect(await rig.chat.act('continue', message)).toMatchObject({
      status: 409,
      body: { code: 'turn_not_open' },
    });
});

test('a chat that is deleted in the middle of an answer stops it', async () => {
  const rig = await assistantHost();
  const closed = Promise.withResolvers<void>();
  rig.stub.answer(() => [{ text: 'I begin' }, { wait: closed.promise }]);
  await rig.chat.say('hello');
  await rig.chat.until('running');
  expect((await rig.api.delete(`/api/sessions/${rig.chat.session}`)).status).toBe(204);
  const store = rig.host.store;
  await expect
    .poll(
      async () =>
        (await store.messages.list({ sessionId: rig.chat.session, limit: 10 })).messages.at(-1)?.turn?.state,
    )
    .toBe('stopped');
  closed.resolve();
});

test('tried again while a tool is used: its call stays hidden, whenever it ends', async () => {
  const rig = await assistantHost({ lab: workServer({ taskAfterMs: 60_000 }) });
  rig.stub.script([{ tool: 'lab__silent', args: { ms: 400 } }], [{ text: 'better' }]);
  await rig.chat.say('work');
  const first = await eventually(async () => {
    const [step] = await rig.chat.steps();
    return step && usesIn(step)[0]?.state === 'running' && step;
  });
  await rig.chat.act('retry', first);
  expect(textOf(await rig.chat.until('done'))).toBe('better');
  const call = (await rig.host.store.messages.get(usesIn(first)[0]?.messageId ?? ''))!;
  expect(call).toMatchObject({
    supersededBy: expect.any(String),
    parts: [{ type: 'call', state: 'completed' }],
  });
  expect(rig.stub.seen.at(-1)?.rest).not.toContain('silent');
});
