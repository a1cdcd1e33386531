import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { ROOT, tempFolder, workServer } from '../support/test-host.ts';
import type { Piece } from './model-stub.ts';
import { assistantHost, type Chatting, chatting, textOf, usesIn } from './rig.ts';

const limits = { detachAfterMs: 200 };

/** A tool that runs until the test lets it end. */
function gated() {
  const place = tempFolder();
  let made = 0;
  return (id?: string): { piece: Piece; open: () => void } => {
    const path = join(place, `gate-${made++}`);
    return {
      piece: { tool: 'lab__wait_for', args: { path }, ...(id && { id }) },
      open: () => writeFileSync(path, ''),
    };
  };
}

const cards = async (chat: Chatting) =>
  (await chat.messages()).filter(({ parts }) => parts.some(({ type }) => type === 'task'));

test('long work goes to the background, and its end gives the model a turn, once', async () => {
  const gate = gated()();
  const rig = await assistantHost({ lab: workServer() }, { limits });
  rig.stub.script([gate.piece], [{ text: 'It runs.' }], [{ text: 'It is there.' }]);
  const answer = await rig.chat.ask('wait for it');
  expect(textOf(answer)).toBe('It runs.');
  const [use] = usesIn((await rig.chat.steps())[0]!);
  expect(use).toMatchObject({ state: 'background', taskId: expect.stringMatching(/^task_/) });
  expect(rig.stub.seen[1]?.rest).toContain(`Running in the background as task ${use?.taskId}`);
  // The conversation goes on meanwhile.
  rig.stub.script([{ text: 'Four.' }], [{ text: 'It is there.' }]);
  expect(textOf(await rig.chat.ask('two and two?'))).toBe('Four.');
  gate.open();
  const last = await eventually(async () => {
    const step = (await rig.chat.steps()).at(-1);
    return step?.turn?.cause === 'task_ended' && step.turn.state === 'done' && step;
  });
  expect(textOf(last)).toBe('It is there.');
  expect(await cards(rig.chat)).toHaveLength(1);
  const { rest, lastUser } = rig.stub.seen.at(-1)!;
  expect(lastUser).toContain(`Task ${use?.taskId}`);
  expect(lastUser).toContain('the file is there');
  expect(rest.split('the file is there')).toHaveLength(2);
  rig.stub.script([{ text: 'Quiet.' }]);
  await rig.chat.ask('more?');
  expect((await rig.chat.steps()).filter(({ turn }) => turn?.cause === 'task_ended')).toHaveLength(1);
});

test('work that ends in time is an answer like any other, and no reason for a turn', async () => {
  const rig = await assistantHost({ lab: workServer() }, { limits: { detachAfterMs: 10_000 } });
  rig.stub.script([{ tool: 'lab__steps', args: { steps: 3, ms: 20 } }], [{ text: 'Done.' }]);
  expect(textOf(await rig.chat.ask('work'))).toBe('Done.');
  expect(usesIn((await rig.chat.steps())[0]!)[0]).toMatchObject({
    state: 'answered',
    told: { text: 'did 3 steps' },
  });
  await eventually(async () => (await cards(rig.chat)).length === 1);
  rig.stub.script([{ text: 'Yes.' }]);
  await rig.chat.ask('sure?');
  expect(rig.stub.seen).toHaveLength(3);
  expect(rig.stub.seen[2]?.rest.split('did 3 steps')).toHaveLength(2);
});

test('an end in the middle of a turn is told at its next step', async () => {
  const gates = gated();
  const [work, hold] = [gates(), Promise.withResolvers<void>()];
  const rig = await assistantHost({ lab: workServer() }, { limits });
  rig.stub.script(
    [work.piece],
    [{ text: 'It runs.' }],
    [{ wait: hold.promise }, { tool: 'lab__echo', args: { text: 'x' } }],
    [{ text: 'Both.' }],
  );
  await rig.chat.ask('work');
  await rig.chat.say('something else');
  await rig.chat.until('running');
  work.open();
  await eventually(async () => (await cards(rig.chat)).length === 1);
  hold.resolve();
  expect(textOf(await rig.chat.until('done'))).toBe('Both.');
  expect(rig.stub.seen).toHaveLength(4);
  expect(rig.stub.seen[2]?.rest).not.toContain('the file is there');
  expect(rig.stub.seen[3]?.rest).toContain('the file is there');
  expect((await rig.chat.steps()).some(({ turn }) => turn?.cause === 'task_ended')).toBe(false);
});

test('several ends at once make one turn', async () => {
  const gates = gated();
  const works = [gates('call_1'), gates('call_2'), gates('call_3')];
  const rig = await assistantHost({ lab: workServer() }, { limits });
  rig.stub.script(
    works.map(({ piece }) => piece),
    [{ text: 'They run.' }],
    [{ text: 'All ended.' }],
  );
  await rig.chat.ask('work');
  for (const { open } of works) open();
  await eventually(async () => (await rig.chat.steps()).at(-1)?.turn?.cause === 'task_ended');
  await rig.chat.until('done');
  await eventually(async () => (await cards(rig.chat)).length === 3);
  const turns = new Set(
    (await rig.chat.steps()).flatMap(({ turn }) => (turn?.cause === 'task_ended' ? [turn.id] : [])),
  );
  expect(turns.size).toBe(1);
  expect(rig.stub.seen.at(-1)?.rest.match(/has ended: completed/g)).toHaveLength(3);
});

describe('muted', () => {
  test.each(['chat', 'task'])('for the %s: the end is delivered, and no turn is taken', async (what) => {
    const gate = gated()();
    const rig = await assistantHost({ lab: workServer() }, { limits });
    rig.stub.script([gate.piece], [{ text: 'It runs.' }], [{ text: 'I know.' }]);
    await rig.chat.ask('work');
    const { taskId } = usesIn((await rig.chat.steps())[0]!)[0]!;
    if (what === 'chat') await rig.api.patch(`/api/sessions/${rig.chat.session}`, { followUps: 'off' });
    else expect((await rig.api.post(`/api/tasks/${taskId}/mute`, { muted: true })).status).toBe(204);
    gate.open();
    await eventually(async () => (await cards(rig.chat)).length === 1);
    await rig.chat.ask('and?');
    expect((await rig.chat.steps()).some(({ turn }) => turn?.cause === 'task_ended')).toBe(false);
    expect(rig.stub.seen).toHaveLength(3);
    expect(rig.stub.seen[2]?.rest).toContain('the file is there');
  });
});

test('turns that begin by themselves are held up after so many in a row', async () => {
  const rig = await assistantHost({ lab: workServer() }, { limits: { detachAfterMs: 0, selfStarted: 3 } });
  // Each end makes the model start the same again.
  rig.stub.answer(({ rest }) =>
    rest.endsWith('"}]') && /Running in the background[^{}]*"}\]$/.test(rest)
      ? [{ text: 'On it.' }]
      : [{ tool: 'lab__steps', args: { steps: 2, ms: 5 } }],
  );
  await rig.chat.say('go');
  await eventually(async () =>
    (await rig.chat.messages()).some(({ parts }) =>
      parts.some((part) => part.type === 'notice' && part.code === 'follow_ups_held'),
    ),
  );
  const turns = new Set(
    (await rig.chat.steps()).flatMap(({ turn }) => (turn?.cause === 'task_ended' ? [turn.id] : [])),
  );
  expect(turns.size).toBe(3);
});

test('stop generating does not cancel the work', async () => {
  const gate = gated()();
  const rig = await assistantHost({ lab: workServer() }, { limits: { detachAfterMs: 60_000 } });
  rig.stub.script([gate.piece], [{ text: 'It has ended.' }]);
  await rig.chat.say('work');
  const taskId = await eventually(async () => {
    const { body } = await rig.api.get<{ tasks: { id: string }[] }>(`/api/tasks?session=${rig.chat.session}`);
    return body.tasks[0]?.id;
  });
  await rig.api.post(`/api/sessions/${rig.chat.session}/stop`);
  const stopped = await rig.chat.until('stopped');
  expect(usesIn(stopped)[0]).toMatchObject({ state: 'background', taskId });
  expect((await rig.task(taskId)).status).toBe('working');
  gate.open();
  expect(textOf(await rig.chat.until('done'))).toBe('It has ended.');
  expect((await rig.task(taskId)).status).toBe('completed');
});

test('somebody who says something does not wait for long work', async () => {
  const gate = gated()();
  const rig = await assistantHost({ lab: workServer() }, { limits: { detachAfterMs: 60_000 } });
  rig.stub.script([gate.piece], [{ text: 'Here I am.' }], [{ text: 'There.' }]);
  await rig.chat.say('work');
  await eventually(async () => usesIn((await rig.chat.steps())[0] ?? { parts: [] })[0]?.state === 'running');
  await rig.chat.say('are you there?');
  expect(textOf(await rig.chat.until('done'))).toBe('Here I am.');
  expect(rig.stub.seen[1]?.lastUser).toBe('are you there?');
  gate.open();
  await eventually(async () => textOf((await rig.chat.steps()).at(-1)!) === 'There.');
});

test('an end that came while the host was away makes one turn after the restart', async () => {
  const gate = gated()();
  const rig = await assistantHost({ lab: workServer() }, { limits });
  rig.stub.script([gate.piece], [{ text: 'It runs.' }], [{ text: 'It was interrupted.' }]);
  await rig.chat.ask('work');
  await rig.host.close();
  const next = await assistantHost({}, { folder: rig.folder, stub: rig.stub });
  const chat = chatting(next.api, rig.chat.session);
  const last = await eventually(async () => {
    const step = (await chat.steps()).at(-1);
    return step?.turn?.cause === 'task_ended' && step.turn.state === 'done' && step;
  });
  expect(textOf(last)).toBe('It was interrupted.');
  expect(rig.stub.seen.at(-1)?.lastUser).toContain('has ended: failed');
  await next.host.close();
  const third = await assistantHost({}, { folder: rig.folder, stub: rig.stub });
  rig.stub.script([{ text: 'Fine.' }]);
  await chatting(third.api, rig.chat.session).ask('and?');
  const again = await chatting(third.api, rig.chat.session).steps();
  expect(again.filter(({ turn }) => turn?.cause === 'task_ended')).toHaveLength(1);
});

test('the model lists, shows and cancels the tasks of its chat, and no others', async () => {
  const gates = gated();
  const [mine, others] = [gates(), gates()];
  const rig = await assistantHost({ lab: workServer() }, { limits });
  const other = await rig.newChat();
  rig.stub.script([others.piece], [{ text: 'Runs.' }]);
  await other.ask('work');
  const elsewhere = usesIn((await other.steps())[0]!)[0]!.taskId!;
  rig.stub.script([mine.piece], [{ text: 'Runs.' }]);
  await rig.chat.ask('work');
  const here = usesIn((await rig.chat.steps())[0]!)[0]!.taskId!;
  rig.stub.script(
    [
      { tool: 'meanwhile__list_tasks', args: {} },
      { tool: 'meanwhile__show_task', args: { id: here } },
      { tool: 'meanwhile__cancel_task', args: { id: elsewhere } },
      { tool: 'meanwhile__cancel_task', args: { id: here } },
      { tool: 'meanwhile__cancel_task', args: { nonsense: 1 } },
    ],
    [{ text: 'Asked.' }],
  );
  await rig.chat.ask('stop it');
  const told = usesIn((await rig.chat.steps()).at(-2)!).map(({ told }) => told);
  expect(told[0]?.text).toContain(here);
  expect(told[0]?.text).not.toContain(elsewhere);
  expect(told[1]?.text).toContain('waiting');
  expect(told[2]).toMatchObject({ isError: true });
  expect(told[3]).toMatchObject({ isError: false, text: expect.stringContaining('was asked to stop') });
  expect(told[4]).toMatchObject({ isError: true, text: expect.stringContaining('id') });
  expect((await rig.task(here)).cancel.requestedBy).toBe('the assistant');
  expect((await rig.task(elsewhere)).cancel.requestedAt).toBeUndefined();
});

test.each(['v1', 'v2'])(
  'work that its server hands back as a task (%s) goes to the background at once',
  async (generation) => {
    const rig = await assistantHost(
      {
        slow: {
          command: process.execPath,
          args: [join(ROOT, `test/fixtures/tasks-${generation}-server.ts`), 'stdio'],
        },
      },
      { limits: { detachAfterMs: 600_000 } },
    );
    const path = join(tempFolder(), 'gate');
    rig.stub.script(
      [{ tool: 'slow__wait_for', args: { path } }],
      [{ text: 'It runs.' }],
      [{ text: 'There.' }],
    );
    expect(textOf(await rig.chat.ask('wait'))).toBe('It runs.');
    writeFileSync(path, '');
    await eventually(async () => textOf((await rig.chat.steps()).at(-1)!) === 'There.');
  },
);
