import { expect, test } from 'vitest';
import type { StopPlan } from '../../src/views/api/contract/types.ts';
import { assistantHost, chatting, textOf } from './rig.ts';

test('a stop says that the assistant is answering, and may wait until it has', async () => {
  const rig = await assistantHost();
  const gate = Promise.withResolvers<void>();
  rig.stub.script([{ text: 'The whole ' }, { wait: gate.promise }, { text: 'answer.' }]);
  await rig.chat.say('speak');
  await rig.chat.until('running');
  expect((await rig.api.get<StopPlan>('/api/host/stop')).body).toMatchObject({
    turns: 1,
    calls: 0,
    tasks: [],
  });
  const { body } = await rig.api.post<StopPlan>('/api/host/stop', { wait: true });
  expect(body.host).toMatchObject({ state: 'waiting', waitsFor: 1 });
  expect(await rig.chat.say('more')).toMatchObject({ status: 503, body: { code: 'shutting_down' } });
  gate.resolve();
  await rig.host.closed;
  const next = await assistantHost({}, { folder: rig.folder, stub: rig.stub });
  const steps = await chatting(next.api, rig.chat.session).steps();
  expect(steps.map((step) => [step.turn?.state, textOf(step)])).toEqual([['done', 'The whole answer.']]);
});

test('stopped at once, it is marked, and can be continued', async () => {
  const rig = await assistantHost();
  rig.stub.script([{ text: 'So far ' }, { wait: new Promise(() => {}) }]);
  await rig.chat.say('speak');
  await expect.poll(async () => textOf((await rig.chat.steps())[0] ?? { parts: [] })).toBe('So far ');
  await rig.host.close();
  const next = await assistantHost({}, { folder: rig.folder, stub: rig.stub });
  const chat = chatting(next.api, rig.chat.session);
  const [left] = await chat.steps();
  expect([left?.turn?.state, textOf(left!)]).toEqual(['interrupted', 'So far ']);
  rig.stub.script([{ text: 'and on.' }]);
  await chat.act('continue', left!);
  expect(textOf(await chat.until('done'))).toBe('and on.');
});
