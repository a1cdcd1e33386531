import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  postgresPlace,
  SKIP_REASON,
  TEST_DATABASE_URL,
} from '../../src/store/postgres/postgres-place.fixture.ts';
import type { Session } from '../../src/store/records.ts';
import { asking } from '../assignments/rig.ts';
import { type ModelStub, modelStub } from '../assistant/model-stub.ts';
import { assistantHost, chatting, textOf, writeModels } from '../assistant/rig.ts';
import { killedHost } from '../assistant/start-killed-host.ts';
import { eventually } from '../support/eventually.ts';
import { ROOT, tempFolder, workServer, writeConfig } from '../support/test-host.ts';

/* The assistant where two hosts share a database: a chat is one chat, at whichever host somebody speaks in it. */

const TIMEOUT_MS = 60_000;

describe.skipIf(!TEST_DATABASE_URL)(TEST_DATABASE_URL ? 'two hosts' : `two hosts ${SKIP_REASON}`, () => {
  async function database(): Promise<NodeJS.ProcessEnv> {
    const place = await postgresPlace();
    onTestFinished(() => place.remove());
    return { DATABASE_URL: place.url };
  }

  test('what is said at one while the other answers is heard there, and stopped from there', async () => {
    const env = await database();
    const stub = await modelStub();
    const one = await assistantHost({}, { stub, env });
    const two = await assistantHost({}, { stub, env });
    const there = chatting(two.api, one.chat.session);
    const held = Promise.withResolvers<void>();
    stub.script([{ text: 'First. ' }, { wait: held.promise }, { text: 'Go on.' }], [{ text: 'Second.' }]);
    await one.chat.say('begin');
    await eventually(() => stub.seen.length === 1);
    await there.say('and this');
    held.resolve();
    await eventually(() => stub.seen.length === 2);
    expect(stub.seen[1]!.rest).toContain('and this');
    expect(textOf(await there.until('done'))).toBe('Second.');
    await eventually(async () => (await there.steps()).every(({ turn }) => turn?.state === 'done'));
    expect((await there.steps()).map(({ turn }) => turn?.cause)).toEqual(['said', 'said']);

    const never = Promise.withResolvers<void>();
    onTestFinished(() => never.resolve());
    stub.script([{ text: 'On and on ' }, { wait: never.promise }]);
    await one.chat.say('talk');
    await eventually(async () => (await there.steps()).at(-1)?.turn?.state === 'running');
    const stopped = await two.api.post<{ message: { turn: { state: string } } }>(
      `/api/sessions/${one.chat.session}/stop`,
      {},
    );
    expect(stopped.body.message.turn.state).toBe('stopped');
  });

  test('what waits for a yes at one is allowed at the other', async () => {
    const env = await database();
    const stub = await modelStub();
    const mark = join(tempFolder(), 'mark');
    const notes = {
      command: process.execPath,
      args: [join(ROOT, 'test/fixtures/annotated-server.ts'), mark],
    };
    const one = await assistantHost({ notes }, { stub, env, session: { ask: 'by_annotation' } });
    const two = await assistantHost({}, { stub, env });
    stub.script([{ tool: 'notes__destroy', args: { what: 'it' }, id: 'call_1' }], [{ text: 'Done.' }]);
    const waits = await one.chat.ask('go');
    expect(waits.turn?.state).toBe('waiting');
    const there = chatting(two.api, one.chat.session);
    expect((await there.allow(waits, 'call_1')).status).toBe(200);
    expect(textOf(await there.until('done'))).toBe('Done.');
    expect(existsSync(mark) && readFileSync(mark, 'utf8')).toBe('destroy it\n');
  });

  test(
    'one that is killed in the middle of a turn, with work in the background: the other marks it, tells, and goes on',
    async () => {
      const env = await database();
      const stub = await modelStub();
      const folder = tempFolder();
      writeConfig(folder, { work: workServer({ taskAfterMs: 50 }) });
      writeModels(folder, stub, { limits: { detachAfterMs: 100 } });
      const two = await assistantHost({}, { stub, env });
      const host = await killedHost(folder, env);
      await asking(host.api).ready();
      const { id } = (await host.api.post<Session>('/api/sessions', {})).body;
      await host.api.patch(`/api/sessions/${id}`, { ask: 'never' });
      const there = chatting(two.api, id);

      // Work in the background, and a turn that goes on in another chat.
      stub.script(
        [{ tool: 'work__hold', args: {}, id: 'call_1' }],
        [{ text: 'It runs in the background.' }],
        [{ text: 'It was lost.' }],
      );
      await chatting(host.api, id).ask('hold on');
      const other = (await host.api.post<Session>('/api/sessions', {})).body.id;
      const held = Promise.withResolvers<void>();
      onTestFinished(() => held.resolve());
      await killsWhileStreaming(stub, held.promise, async () => {
        await chatting(host.api, other).say('talk');
        await eventually(async () => textOf((await chatting(two.api, other).steps())[0]!) !== '');
        await host.kill();
      });

      const cut = await chatting(two.api, other).until('interrupted');
      expect(textOf(cut)).toBe('Half a ');
      // The work is lost; the model hears of it at the other host, once.
      await eventually(
        async () => (await there.steps()).some((step) => step.turn?.cause === 'task_ended'),
        20_000,
      );
      const last = await there.until('done');
      expect(textOf(last)).toBe('It was lost.');
      expect((await there.steps()).filter(({ turn }) => turn?.cause === 'task_ended')).toHaveLength(1);
      // And what was cut off can be continued there.
      stub.script([{ text: 'The rest.' }]);
      expect((await chatting(two.api, other).act('continue', cut)).status).toBe(201);
      expect(textOf(await chatting(two.api, other).until('done'))).toBe('The rest.');
    },
    TIMEOUT_MS,
  );
});

/** Half an answer, and then nothing, until the host is dead; what is asked after that is answered as it was scripted. */
async function killsWhileStreaming(
  stub: ModelStub,
  held: Promise<void>,
  kill: () => Promise<void>,
): Promise<void> {
  const from = stub.seen.length;
  stub.answer((_, number) =>
    number === from ? [{ text: 'Half a ' }, { wait: held }] : [{ text: 'It was lost.' }],
  );
  await kill();
}
