import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Run } from '../../src/assignment/run.ts';
import type { Session } from '../../src/store/records.ts';
import type { AssignmentMade, CallAnswer } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { ROOT, tempFolder, workServer, writeConfig } from '../support/test-host.ts';
import { modelStub } from './model-stub.ts';
import { type Chatting, chatting, ready, textOf, usesIn, writeModels } from './rig.ts';
import { type KillPoint, killedHost } from './start-killed-host.ts';

/* A host that is really killed in the middle of turns, and what its successor makes of what was left. */

async function place(limits: object = { detachAfterMs: 200 }) {
  const folder = tempFolder(onTestFinished);
  const mark = join(folder, 'mark');
  writeConfig(folder, {
    lab: workServer(),
    notes: { command: process.execPath, args: [join(ROOT, 'test/fixtures/annotated-server.ts'), mark] },
  });
  const stub = await modelStub();
  writeModels(folder, stub, { limits });
  let host = await killedHost(folder);
  await ready(host.api);
  const { id } = (await host.api.post<Session>('/api/sessions', {})).body;
  await host.api.patch(`/api/sessions/${id}`, { ask: 'never' });
  return {
    folder,
    stub,
    host: () => host,
    chat: () => chatting(host.api, id),
    async again() {
      host = await killedHost(folder);
      await ready(host.api);
    },
    /** What was done by the tool that leaves marks. */
    done: () => (existsSync(mark) ? readFileSync(mark, 'utf8').split('\n').slice(0, -1) : []),
  };
}

const followUps = async (chat: Chatting) =>
  new Set((await chat.steps()).flatMap(({ turn }) => (turn?.cause === 'task_ended' ? [turn.id] : []))).size;

test('killed while it speaks: what was said is there, and it goes on when asked to', async () => {
  const at = await place();
  at.stub.script([{ text: 'So far ' }, { wait: new Promise(() => {}) }]);
  await at.chat().say('speak');
  await eventually(async () => textOf((await at.chat().steps())[0] ?? { parts: [] }) === 'So far ');
  await at.host().kill();
  await at.again();
  const [left] = await at.chat().steps();
  expect(textOf(left!)).toBe('So far ');
  expect(left?.turn).toMatchObject({ state: 'interrupted', endedAt: expect.any(String) });
  expect(at.stub.seen).toHaveLength(1); // nothing is asked by itself
  at.stub.script([{ text: 'and further.' }]);
  expect((await at.chat().act('continue', left!)).status).toBe(201);
  expect(textOf(await at.chat().until('done'))).toBe('and further.');
  expect(at.stub.seen[1]?.rest).toContain('So far ');
  expect(at.stub.seen[1]?.rest).toContain('You were interrupted here');
});

describe('killed while it uses a tool', () => {
  test.each([
    ['when a use is about to be sent', 0, 'Not done'],
    ['when a call is recorded', 0, 'Whether the tool did its work is not known'],
  ] as const)(
    '%s: it is done at most once, and the model is told what is known',
    async (point, times, told) => {
      const at = await place();
      at.stub.script(
        [{ text: 'I do it.' }, { tool: 'notes__destroy', args: { what: 'it' } }],
        [{ text: 'I see.' }],
      );
      await at.host().arm(point as KillPoint);
      await at
        .chat()
        .say('do it')
        .catch(() => {});
      await at.host().died();
      await at.again();
      const left = (await at.chat().steps()).at(-1)!;
      expect(left.turn?.state).toBe('interrupted');
      expect(textOf(left)).toBe('I do it.');
      expect(usesIn(left)[0]).toMatchObject({
        state: 'answered',
        told: { isError: true, text: expect.stringContaining(told) },
      });
      expect(at.done().length).toBeLessThanOrEqual(1);
      if (point === 'when a use is about to be sent') expect(at.done()).toHaveLength(times);
      await at.chat().act('continue', left);
      expect(textOf(await at.chat().until('done'))).toBe('I see.');
      expect(at.done().length).toBeLessThanOrEqual(1);
      expect(at.stub.seen[1]?.rest).toContain(told);
    },
  );

  test('that has become a task: it ends by its own rules, and its end is told', async () => {
    const at = await place({ detachAfterMs: 60_000 });
    at.stub.script([{ tool: 'lab__hold', args: {} }], [{ text: 'A pity.' }]);
    await at.chat().say('hold it');
    await eventually(
      async () => usesIn((await at.chat().steps())[0] ?? { parts: [] })[0]?.state === 'running',
    );
    await eventually(
      async () => (await at.host().api.get<{ tasks: unknown[] }>('/api/tasks')).body.tasks.length === 1,
    );
    await at.host().kill();
    await at.again();
    // The server went with us, so the task has ended; the model hears of it in a turn of its own.
    const last = await eventually(async () => {
      const step = (await at.chat().steps()).at(-1);
      return step?.turn?.state === 'done' && step;
    });
    expect(textOf(last)).toBe('A pity.');
    expect(last.turn?.cause).toBe('task_ended');
    expect((await at.chat().steps())[0]?.turn?.state).toBe('interrupted');
    expect(at.stub.seen[1]?.rest).toContain('could not go on without it');
  });
});

describe('killed between the end of a task and the turn that follows it', () => {
  test.each([
    ['when an end is delivered', 'done'],
    ['when the turn that follows an end has begun', 'interrupted'],
    ['when the turn that follows an end is over', 'done'],
  ] as const)('%s: there is exactly one such turn', async (point, state) => {
    const at = await place();
    const gate = join(at.folder, 'gate');
    at.stub.script(
      [{ tool: 'lab__wait_for', args: { path: gate } }],
      [{ text: 'It runs.' }],
      [{ text: 'There.' }],
    );
    await at.chat().ask('wait');
    await at.host().arm(point as KillPoint);
    writeFileSync(gate, '');
    await at.host().died();
    await at.again();
    const last = await eventually(async () => {
      const step = (await at.chat().steps()).at(-1);
      return step?.turn?.cause === 'task_ended' && step.turn.state === state && step;
    });
    expect(await followUps(at.chat())).toBe(1);
    if (state === 'interrupted') {
      await at.chat().act('continue', last);
      await at.chat().until('done');
    }
    // Nor after another start.
    await at.host().kill();
    await at.again();
    at.stub.script([{ text: 'Nothing else.' }]);
    await at.chat().ask('anything else?');
    expect(await followUps(at.chat())).toBe(1);
    const told = at.stub.seen.filter(({ rest }) => rest.includes('has ended: completed'));
    expect(told).toHaveLength(2); // once to act on it, and with all that was said before in the last question
    const messages = await at.chat().messages();
    expect(messages.filter(({ parts }) => parts.some((part) => part.type === 'task'))).toHaveLength(1);
  });
});

test('a turn of an assignment is gone on with, and its run has one end', async () => {
  const at = await place();
  const { api } = at.host();
  const { body } = await api.post<AssignmentMade>('/api/assignments', {
    title: 'Report',
    trigger: { type: 'timer', text: 'every year on 1 January at 00:00' },
    work: { type: 'text', text: 'Report' },
  });
  const { id, sessionId } = body.assignment;
  at.stub.script([{ text: 'So far ' }, { wait: new Promise(() => {}) }], [{ text: 'the whole report' }]);
  await api.post(`/api/assignments/${id}/run`);
  await eventually(
    async () => textOf((await chatting(api, sessionId).steps())[0] ?? { parts: [] }) === 'So far ',
  );
  await at.host().kill();
  await at.again();
  const run = await eventually(async () => {
    const { runs } = (await at.host().api.get<{ runs: Run[] }>(`/api/assignments/${id}/runs`)).body;
    return runs[0]?.state === 'completed' && runs;
  });
  expect(run).toHaveLength(1);
  expect(run[0]?.steps[0]?.preview).toBe('the whole report');
  const said = (await chatting(at.host().api, sessionId).messages()).filter(({ role }) => role === 'user');
  expect(said).toHaveLength(1);
});

test('killed when a follow-up has been said: it is said once, and one turn is taken on it', async () => {
  const at = await place();
  const gate = join(at.folder, 'gate');
  const { api } = at.host();
  const { body } = await api.post<CallAnswer>('/api/servers/lab/tools/wait_for', {
    sessionId: at.chat().session,
    arguments: { path: gate },
  });
  await api.post(`/api/tasks/${body.taskId}/follow-ups`, { when: 'ended', text: 'and then?' });
  at.stub.script([{ text: 'Then this.' }]);
  await at.host().arm('when a follow-up is said');
  writeFileSync(gate, '');
  await at.host().died();
  await at.again();
  expect(textOf(await at.chat().until('done'))).toBe('Then this.');
  await at.host().kill();
  await at.again();
  expect(await followUps(at.chat())).toBe(1);
  const said = (await at.chat().messages()).filter((message) => textOf(message) === 'and then?');
  expect(said).toHaveLength(1);
  expect(at.stub.seen).toHaveLength(1);
});
