import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CallAnswer, FollowUpList } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { commandServer, tempFolder, workServer } from '../support/test-host.ts';
import { assistantHost, chatting, textOf } from './rig.ts';

async function running() {
  const rig = await assistantHost({ lab: workServer(), command: commandServer(tempFolder()) });
  rig.stub.answer(({ lastUser }) => [{ text: `heard: ${lastUser.split('\n').at(-1)}` }]);
  const start = async (tool: string, args: object, server = 'lab') => {
    const { body } = await rig.api.post<CallAnswer>(`/api/servers/${server}/tools/${tool}`, {
      sessionId: rig.chat.session,
      arguments: args,
    });
    return body.taskId ?? '';
  };
  const gate = join(tempFolder(), 'gate');
  const add = (taskId: string, body: object) =>
    rig.api.post<{ id: string }>(`/api/tasks/${taskId}/follow-ups`, body);
  const left = async (taskId: string) =>
    (await rig.api.get<FollowUpList>(`/api/tasks/${taskId}/follow-ups`)).body.followUps;
  return { ...rig, start, add, left, gate, open: () => writeFileSync(gate, '') };
}

test('what is to follow is said when the task has ended, once, after its card', async () => {
  const rig = await running();
  const task = await rig.start('wait_for', { path: rig.gate });
  expect((await rig.add(task, { when: 'ended', text: 'post the summary' })).status).toBe(201);
  expect(await rig.left(task)).toMatchObject([
    { taskId: task, when: 'ended', text: 'post the summary', by: 'person' },
  ]);
  rig.open();
  const done = await rig.chat.until('done');
  expect(textOf(done)).toBe('heard: post the summary');
  const messages = await rig.chat.messages();
  const card = messages.findIndex(({ taskId }) => taskId === task);
  const said = messages.findIndex((message) => textOf(message) === 'post the summary');
  expect(card).toBeGreaterThanOrEqual(0);
  expect(said).toBeGreaterThan(card);
  expect(rig.stub.seen[0]?.rest).toContain('Follow-up on task');
  expect(await rig.left(task)).toEqual([]);
  expect(await rig.add(task, { when: 'ended', text: 'x' })).toMatchObject({
    status: 409,
    body: { code: 'already_ended' },
  });
});

test('at so many percent, while it runs', async () => {
  const rig = await running();
  const task = await rig.start('wait_for', { path: rig.gate }); // says 1 of 2
  await rig.add(task, { when: { progress: 90 }, text: 'nearly there' });
  await rig.add(task, { when: { progress: 50 }, text: 'half way' });
  expect(textOf(await rig.chat.until('done'))).toBe('heard: half way');
  expect((await rig.task(task)).status).toBe('working');
  expect((await rig.left(task)).map(({ text }) => text)).toEqual(['nearly there']);
  rig.open();
  await eventually(async () => (await rig.left(task)).length === 0); // it can come to that no more
  expect(rig.stub.seen).toHaveLength(1);
});

test('when it takes longer than usual, where that is known', async () => {
  const rig = await running();
  const unknown = await rig.start('wait_for', { path: rig.gate });
  expect(await rig.add(unknown, { when: 'slower_than_usual', text: 'x' })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'when' }] },
  });
  rig.open();
  await eventually(async () => (await rig.task(unknown)).status === 'completed');
  for (let run = 0; run < 5; run++) {
    const id = await rig.start('wait_for', { path: rig.gate });
    await eventually(async () => (await rig.task(id)).status === 'completed');
  }
  const task = await rig.start('wait_for', { path: join(tempFolder(), 'never') });
  await eventually(async () => (await rig.task(task)).expected !== undefined);
  await rig.add(task, { when: 'slower_than_usual', text: 'what keeps it?' });
  expect(textOf(await rig.chat.until('done'))).toBe('heard: what keeps it?');
  expect((await rig.task(task)).status).toBe('working');
});

test('dropped by hand, and when the task is cancelled', async () => {
  const rig = await running();
  const task = await rig.start('run', { command: 'sleep 60' }, 'command');
  const { body } = await rig.add(task, { when: 'ended', text: 'one' });
  await rig.add(task, { when: 'ended', text: 'two' });
  expect((await rig.api.delete(`/api/tasks/${task}/follow-ups/${body.id}`)).status).toBe(204);
  expect(await rig.api.delete(`/api/tasks/${task}/follow-ups/${body.id}`)).toMatchObject({ status: 404 });
  expect((await rig.left(task)).map(({ text }) => text)).toEqual(['two']);
  await rig.api.post(`/api/tasks/${task}/cancel`, {});
  await eventually(async () => (await rig.left(task)).length === 0);
  expect((await rig.task(task)).status).toBe('cancelled');
  expect(await rig.chat.steps()).toEqual([]);
  expect(await rig.add('task_none', { when: 'ended', text: 'x' })).toMatchObject({ status: 404 });
  expect(await rig.add(task, { when: { progress: 200 }, text: 'x' })).toMatchObject({ status: 400 });
});

test('once, over a restart too', async () => {
  const rig = await running();
  const task = await rig.start('wait_for', { path: rig.gate });
  await rig.add(task, { when: 'ended', text: 'and then?' });
  await rig.host.close(); // the task ends with the host
  const next = await assistantHost({}, { folder: rig.folder, stub: rig.stub });
  const chat = chatting(next.api, rig.chat.session);
  expect(textOf(await chat.until('done'))).toBe('heard: and then?');
  await next.host.close();
  const third = await assistantHost({}, { folder: rig.folder, stub: rig.stub });
  const messages = await chatting(third.api, rig.chat.session).messages();
  expect(messages.filter((message) => textOf(message) === 'and then?')).toHaveLength(1);
});

test('the model notes one itself', async () => {
  const rig = await running();
  const task = await rig.start('wait_for', { path: rig.gate });
  rig.stub.script(
    [{ tool: 'meanwhile__add_follow_up', args: { id: task, when: 'ended', text: 'run the tests' } }],
    [{ text: 'Noted.' }],
    [{ text: 'Running them.' }],
  );
  await rig.chat.ask('when done, run the tests');
  expect(await rig.left(task)).toMatchObject([{ by: 'assistant', text: 'run the tests' }]);
  rig.open();
  await eventually(async () => textOf((await rig.chat.steps()).at(-1)!) === 'Running them.');
  expect(rig.stub.seen.at(-1)?.rest).toContain('Noted by the assistant');
});
