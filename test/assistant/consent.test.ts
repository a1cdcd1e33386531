import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ApprovalPart, Message } from '../../src/store/records.ts';
import type { OpenSteps, RememberedList } from '../../src/views/api/contract/types.ts';
import { type AtEnd, ROOT, tempFolder } from '../support/test-host.ts';
import { assistantHost, chatting, textOf, usesIn } from './rig.ts';

function annotated(atEnd: AtEnd = onTestFinished) {
  const mark = join(tempFolder(atEnd), 'mark');
  return {
    server: { command: process.execPath, args: [join(ROOT, 'test/fixtures/annotated-server.ts'), mark] },
    done: () => (existsSync(mark) ? readFileSync(mark, 'utf8').split('\n').slice(0, -1) : []),
  };
}

const approvals = ({ parts }: Message): ApprovalPart[] => parts.filter((part) => part.type === 'approval');
const use = (tool: string, what = '') => ({ tool: `notes__${tool}`, args: { what }, id: `call_${tool}` });

test('what only reads runs at once; what destroys, or says nothing, waits for a person', async () => {
  const { server, done } = annotated();
  const rig = await assistantHost({ notes: server }, { session: { ask: 'by_annotation' } });
  rig.stub.script([use('read'), use('destroy', 'all'), use('plain', 'it')], [{ text: 'Done.' }]);
  const waits = await rig.chat.ask('go');
  expect(waits.turn?.state).toBe('waiting');
  expect(approvals(waits)).toEqual([
    {
      type: 'approval',
      callId: 'call_destroy',
      server: 'notes',
      tool: 'destroy',
      arguments: { what: 'all' },
      state: 'open',
    },
    {
      type: 'approval',
      callId: 'call_plain',
      server: 'notes',
      tool: 'plain',
      arguments: { what: 'it' },
      state: 'open',
    },
  ]);
  await expect.poll(done).toEqual(['read ']);
  expect((await rig.chat.allow(waits, 'call_destroy', false)).status).toBe(200);
  const answered = await rig.chat.allow(waits, 'call_plain');
  expect(answered.body.turn?.state).not.toBe('waiting');
  expect(textOf(await rig.chat.until('done'))).toBe('Done.');
  expect(done()).toEqual(['read ', 'plain it']);
  const [first] = await rig.chat.steps();
  expect(usesIn(first!).map(({ told }) => told?.text)).toEqual([
    'read did ',
    'The user has declined this.',
    'plain did it',
  ]);
  // Once answered, it is answered.
  expect(await rig.chat.allow(waits, 'call_plain', false)).toMatchObject({
    status: 409,
    body: { code: 'approval_settled' },
  });
  expect((await rig.chat.allow(waits, 'call_plain', true)).status).toBe(200);
  expect(await rig.chat.allow(waits, 'call_nothing')).toMatchObject({
    status: 404,
    body: { code: 'message_not_found' },
  });
});

test('answers are remembered for a tool or a server, listed, and taken back', async () => {
  const { server, done } = annotated();
  const rig = await assistantHost({ notes: server }, { session: { ask: 'by_annotation' } });
  rig.stub.script(
    [use('plain', '1')],
    [{ text: 'a' }],
    [use('plain', '2')],
    [{ text: 'b' }],
    [use('destroy', '3')],
    [{ text: 'c' }],
  );
  const first = await rig.chat.ask('one');
  await rig.chat.allow(first, 'call_plain', true, 'tool');
  await rig.chat.until('done');
  expect((await rig.chat.ask('two')).turn?.state).toBe('done'); // not asked again
  const asked = await rig.chat.ask('three');
  expect(asked.turn?.state).toBe('waiting');
  await rig.chat.allow(asked, 'call_destroy', false, 'server');
  await rig.chat.until('done');
  expect(done()).toEqual(['plain 1', 'plain 2']);
  const remembered = async () => (await rig.api.get<RememberedList>('/api/approvals')).body.remembered;
  expect(await remembered()).toMatchObject([
    { id: 'notes', server: 'notes', allow: false },
    { id: 'notes.plain', server: 'notes', tool: 'plain', allow: true },
  ]);
  rig.stub.script([use('destroy', '4')], [{ text: 'd' }]);
  expect((await rig.chat.ask('four')).turn?.state).toBe('done');
  expect(usesIn((await rig.chat.steps()).at(-2)!)[0]?.told?.text).toContain(
    'declined this tool once and for all',
  );
  expect((await rig.api.delete('/api/approvals/notes')).status).toBe(204);
  expect(await rig.api.delete('/api/approvals/notes')).toMatchObject({ status: 404 });
  rig.stub.script([use('destroy', '5')], [{ text: 'e' }]);
  expect((await rig.chat.ask('five')).turn?.state).toBe('waiting');
});

test('a chat may be set to ask always, or never', async () => {
  const { server, done } = annotated();
  const rig = await assistantHost({ notes: server }, { session: { ask: 'always' } });
  rig.stub.script([use('read')], [{ text: 'a' }]);
  const asked = await rig.chat.ask('one');
  expect(asked.turn?.state).toBe('waiting');
  await rig.chat.allow(asked, 'call_read');
  await rig.chat.until('done');
  await rig.api.patch(`/api/sessions/${rig.chat.session}`, { ask: 'never' });
  rig.stub.script([use('destroy')], [{ text: 'b' }]);
  expect((await rig.chat.ask('two')).turn?.state).toBe('done');
  expect(done()).toEqual(['read ', 'destroy ']);
});

test('somebody who says something else instead has declined', async () => {
  const { server, done } = annotated();
  const rig = await assistantHost({ notes: server }, { session: { ask: 'by_annotation' } });
  rig.stub.script([use('destroy')], [{ text: 'All right.' }]);
  const waits = await rig.chat.ask('go');
  await rig.chat.say('rather not');
  expect(textOf(await rig.chat.until('done'))).toBe('All right.');
  expect(rig.stub.seen[1]?.lastUser).toBe('rather not');
  expect(rig.stub.seen[1]?.rest).toContain('said something else instead');
  expect(done()).toEqual([]);
  expect(await rig.chat.allow(waits, 'call_destroy')).toMatchObject({ status: 409 });
});

test('stopped while it waits: nothing runs', async () => {
  const { server, done } = annotated();
  const rig = await assistantHost({ notes: server }, { session: { ask: 'by_annotation' } });
  rig.stub.script([use('destroy')]);
  const waits = await rig.chat.ask('go');
  await rig.api.post(`/api/sessions/${rig.chat.session}/stop`);
  const stopped = await rig.chat.until('stopped');
  expect(approvals(stopped)[0]?.state).toBe('declined');
  expect(await rig.chat.allow(waits, 'call_destroy')).toMatchObject({ status: 409 });
  expect(done()).toEqual([]);
});

test('a turn that waits goes on waiting over a restart, and goes on when it is answered', async () => {
  const { server, done } = annotated();
  const rig = await assistantHost({ notes: server }, { session: { ask: 'by_annotation' } });
  rig.stub.script([use('read', 'x'), use('destroy', 'all')], [{ text: 'Done.' }]);
  const waits = await rig.chat.ask('go');
  await expect.poll(done).toEqual(['read x']);
  await expect.poll(async () => usesIn((await rig.chat.steps())[0]!)[0]?.state).toBe('answered');
  await rig.host.close();
  const next = await assistantHost({}, { folder: rig.folder, stub: rig.stub });
  const chat = chatting(next.api, rig.chat.session);
  const open = async () => (await next.api.get<OpenSteps>('/api/turns')).body.messages;
  expect((await open()).map(({ id, turn }) => [id, turn?.state])).toEqual([[waits.id, 'waiting']]);
  expect((await chat.steps()).at(-1)?.turn?.state).toBe('waiting');
  expect(rig.stub.seen).toHaveLength(1);
  expect((await chat.allow(waits, 'call_destroy')).status).toBe(200);
  expect(textOf(await chat.until('done'))).toBe('Done.');
  await expect.poll(open).toEqual([]);
  expect(done()).toEqual(['read x', 'destroy all']);
  expect(rig.stub.seen[1]?.rest).toContain('destroy did all');
  expect(rig.stub.seen[1]?.rest).toContain('read did x');
});
