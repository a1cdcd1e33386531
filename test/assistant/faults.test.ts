import { describe, expect, test } from 'vitest';
import { readEvents } from '../support/event-reader.ts';
import { eventually } from '../support/eventually.ts';
import { workServer } from '../support/test-host.ts';
import { assistantHost, textOf, usesIn, type Wire } from './rig.ts';

describe.each<Wire>(['openai-compatible', 'anthropic'])('over the wire of %s', (wire) => {
  test('a rate limit is waited out as the provider says, and is seen', async () => {
    const rig = await assistantHost({}, { wire });
    rig.stub.script({ status: 429, message: 'slow down', headers: { 'retry-after': '1' } }, [
      { text: 'Now.' },
    ]);
    await rig.chat.say('hello');
    const waits = await eventually(async () =>
      (await rig.chat.steps()).find(({ turn }) => turn?.retry !== undefined),
    );
    expect(waits.turn?.retry).toMatchObject({
      attempt: 1,
      message: expect.stringContaining('takes no more for now'),
    });
    const askedMs = Date.parse(waits.turn!.retry!.at);
    const done = await rig.chat.until('done');
    expect(textOf(done)).toBe('Now.');
    expect(Date.parse(done.turn!.endedAt!)).toBeGreaterThanOrEqual(askedMs);
    expect(done.turn?.retry).toBeUndefined();
  });

  test('an answer that broke off stays, and is asked for once more', async () => {
    const rig = await assistantHost({}, { wire });
    rig.stub.script([{ text: 'Half an ans' }, 'cut'], [{ text: 'A whole answer.' }]);
    const done = await rig.chat.ask('hello');
    expect(done.turn?.state).toBe('done');
    expect(done.parts).toMatchObject([
      { type: 'text', text: 'Half an ans' },
      { type: 'notice', code: 'stream_cut' },
      { type: 'text', text: 'A whole answer.' },
    ]);
    rig.stub.script([{ text: 'Next.' }]);
    await rig.chat.ask('and?');
    expect(rig.stub.seen.at(-1)?.rest).not.toContain('Half an ans');
  });

  test('one that breaks off again fails, and can be tried again', async () => {
    const rig = await assistantHost({}, { wire });
    rig.stub.script([{ text: 'Half' }, 'cut'], [{ text: 'Half again' }, 'cut'], [{ text: 'Whole.' }]);
    const failed = await rig.chat.ask('hello');
    expect(failed.turn).toMatchObject({ state: 'failed', error: { code: 'model_cut' } });
    expect(textOf(failed)).toBe('HalfHalf again');
    expect((await rig.chat.act('retry', failed)).status).toBe(201);
    expect(textOf(await rig.chat.until('done'))).toBe('Whole.');
  });

  test('a stream that ends without a reason counts as broken off', async () => {
    const rig = await assistantHost({}, { wire });
    rig.stub.script([{ text: 'Half' }, 'end'], [{ text: 'Whole.' }]);
    const done = await rig.chat.ask('hello');
    expect(textOf(done)).toBe('HalfWhole.');
    expect(rig.stub.seen).toHaveLength(2);
  });

  test('stopped in the middle of an answer: what was said stays, nothing more is asked', async () => {
    const rig = await assistantHost({}, { wire });
    const never = new Promise(() => {});
    rig.stub.script([{ text: 'I begin' }, { wait: never }]);
    await rig.chat.say('hello');
    await eventually(async () => textOf((await rig.chat.steps())[0] ?? { parts: [] }) === 'I begin');
    const stopped = await rig.api.post<{ message: { turn: { state: string } } }>(
      `/api/sessions/${rig.chat.session}/stop`,
    );
    expect(stopped.body.message.turn.state).toBe('stopped');
    expect(textOf(await rig.chat.until('stopped'))).toBe('I begin');
    expect((await rig.api.post(`/api/sessions/${rig.chat.session}/stop`)).body).toEqual({ message: null });
    rig.stub.script([{ text: 'Again.' }]);
    expect(textOf(await rig.chat.ask('go on'))).toBe('Again.');
    expect(rig.stub.seen.at(-1)?.rest).toContain('The user stopped you here');
  });

  test('an answer that was cut short says so', async () => {
    const rig = await assistantHost({}, { wire });
    rig.stub.script([{ text: 'So much' }, { finish: 'length' }]);
    expect((await rig.chat.ask('hello')).turn).toMatchObject({
      state: 'failed',
      error: { code: 'limit_tokens' },
    });
  });
});

test('a rate limit that does not end fails after the tries that are set', async () => {
  const rig = await assistantHost({}, { limits: { retries: 2 } });
  rig.stub.script({ status: 429, message: 'never', headers: { 'retry-after': '0' } });
  expect((await rig.chat.ask('hello')).turn).toMatchObject({
    state: 'failed',
    error: { code: 'model_rate_limit' },
  });
  expect(rig.stub.seen).toHaveLength(3);
});

test('one that lasts too long is not waited for, and stop ends a wait', async () => {
  const rig = await assistantHost();
  rig.stub.script({ status: 429, message: 'tomorrow', headers: { 'retry-after': '86400' } });
  expect((await rig.chat.ask('hello')).turn).toMatchObject({ state: 'failed' });
  rig.stub.script({ status: 503, message: 'soon', headers: { 'retry-after': '250' } });
  await rig.chat.say('hello');
  await eventually(async () => (await rig.chat.steps()).at(-1)?.turn?.retry !== undefined);
  await rig.api.post(`/api/sessions/${rig.chat.session}/stop`);
  expect((await rig.chat.until('stopped')).turn?.retry).toBeUndefined();
});

test('an answer that breaks off after it asked for tools uses none of them', async () => {
  const rig = await assistantHost({ lab: workServer() });
  rig.stub.script(
    [{ text: 'I look' }, { tool: 'lab__echo', args: { text: 'x' } }, 'cut'],
    [{ text: 'Right.' }],
  );
  const failed = await rig.chat.ask('look');
  expect(failed.turn).toMatchObject({ state: 'failed', error: { code: 'model_cut' } });
  expect((await rig.chat.messages()).some(({ parts }) => parts.some(({ type }) => type === 'call'))).toBe(
    false,
  );
  expect((await rig.chat.act('continue', failed)).status).toBe(201);
  expect(textOf(await rig.chat.until('done'))).toBe('Right.');
});

test('limits on steps, tokens and cost stop a turn, and a person may let it go on', async () => {
  const again = [{ tool: 'lab__echo', args: { text: 'x' } }, { usage: { input: 100, output: 60 } }] as const;
  const price = { inputPerMillion: 0, outputPerMillion: 1_000_000, currency: 'EUR' };
  for (const [limits, code, steps] of [
    [{ steps: 3 }, 'limit_steps', 3],
    [{ outputTokens: 100 }, 'limit_tokens', 2],
    [{ cost: 60 }, 'limit_cost', 1],
  ] as const) {
    const rig = await assistantHost({ lab: workServer() }, { limits, model: { price } });
    rig.stub.script(again);
    await rig.chat.say('go');
    const stopped = await rig.chat.until('stopped');
    expect(stopped.turn).toMatchObject({ state: 'stopped', step: steps, error: { code } });
    rig.stub.script([{ text: 'Enough.' }]);
    await rig.chat.act('continue', stopped);
    const done = await rig.chat.until('done');
    expect(done.turn).toMatchObject({ id: stopped.turn?.id });
    await rig.host.close();
  }
}, 60_000);

test('slow words come in frames, and each reader sees them grow', async () => {
  const rig = await assistantHost();
  const gates = Array.from({ length: 20 }, () => Promise.withResolvers<void>());
  rig.stub.script(gates.flatMap(({ promise }, at) => [{ wait: promise }, { text: `w${at} ` }]));
  const seen: string[] = [];
  const reader = readEvents(rig.host, {}, ({ type, data }) => {
    if (type === 'message' && data.turn !== undefined) seen.push(textOf(data));
  });
  await rig.chat.say('slowly');
  for (const [at, { resolve }] of gates.entries()) {
    resolve();
    if (at % 5 === 0) await eventually(() => seen.at(-1)?.includes(`w${at} `));
  }
  const whole = gates.map((_, at) => `w${at} `).join('');
  expect(textOf(await rig.chat.until('done'))).toBe(whole);
  await eventually(() => seen.at(-1) === whole);
  reader.cut();
  await reader.over;
  for (const [at, text] of seen.entries()) expect(text.startsWith(seen[at - 1] ?? '')).toBe(true);
  expect(seen.length).toBeLessThan(20);
  expect(usesIn((await rig.chat.steps())[0]!)).toEqual([]);
});
