import { InMemoryTransport, type JSONRPCMessage } from '@modelcontextprotocol/client';
import { expect, test } from 'vitest';
import type { RpcAnswer } from './read-frame.ts';
import { type CallWatch, tapWire } from './wire-tap.ts';

/** A tapped connection with one call under way, whose request has the id 7. */
async function tapped() {
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const tap = tapWire(ours, true);
  const passed: JSONRPCMessage[] = [];
  const sent: Record<string, unknown>[] = [];
  const answers: RpcAnswer[] = [];
  const errors: Error[] = [];
  ours.onmessage = (message) => void passed.push(message);
  ours.onerror = (error) => void errors.push(error);
  theirs.onmessage = (message) => void sent.push(message as Record<string, unknown>);
  await Promise.all([ours.start(), theirs.start()]);
  const watch: CallWatch = {
    progress() {},
    notice() {},
    answer: (answer) => void answers.push(answer),
    streamEnded() {},
    question() {},
  };
  tap.follow('token', watch);
  await ours.send({
    jsonrpc: '2.0',
    id: 7,
    method: 'tools/call',
    params: { _meta: { progressToken: 'token' } },
  });
  const say = (frame: object) => theirs.send({ jsonrpc: '2.0', ...frame } as JSONRPCMessage);
  return { ours, tap, say, passed, sent, answers, errors };
}

const later = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test('an id that the server writes back as text is the id that was sent', async () => {
  const { say, answers } = await tapped();
  for (const id of ['', ' 7', '0x7', '7.0', '8']) await say({ id, result: { content: [] } });
  expect(answers).toEqual([]);
  await say({ id: '7', result: { content: [] } });
  expect(answers).toEqual([{ result: { content: [] } }]);
});

test('an answer that is none is told as an error, and only once', async () => {
  const { say, answers } = await tapped();
  await say({ id: 7, result: null });
  await say({ id: 7, result: { content: [] } });
  expect(answers).toEqual([
    { error: { code: -32603, message: 'The server answered with what is no result.' } },
  ]);
});

test('what the SDK throws over an answer is an error of the connection, not the end of the host', async () => {
  const { ours, say, errors } = await tapped();
  const fault = new Error('cannot be read');
  ours.onmessage = () => {
    throw fault;
  };
  await say({ id: 7, result: { content: [] } });
  await later();
  expect(errors).toEqual([fault]);
});

test('of questions for tasks that nobody knows the newest are kept, and the others put away', async () => {
  const { tap, say, sent } = await tapped();
  const ask = (id: number) =>
    say({
      id: `ask-${id}`,
      method: 'elicitation/create',
      params: { _meta: { 'io.modelcontextprotocol/related-task': { taskId: 'same' } } },
    });
  for (let id = 1; id <= 250; id++) await ask(id);
  const putAway = sent.filter(({ result }) => JSON.stringify(result) === '{"action":"cancel"}');
  expect(putAway.map(({ id }) => id)).toEqual(Array.from({ length: 150 }, (_, at) => `ask-${at + 1}`));
  const heard: unknown[] = [];
  tap.followTask('same', { status() {}, question: ({ id }) => void heard.push(id) });
  expect(heard).toHaveLength(100);
});

test('what is no frame, and what asks under an id that is none, harms nobody', async () => {
  const { tap, say, answers, passed } = await tapped();
  for (const frame of [null, 5, 'text', [], [{}]]) tap.inject(frame);
  for (const params of [null, 5, 'text', [], { _meta: null }, { _meta: 5, progressToken: {} }])
    for (const method of [
      'notifications/progress',
      'notifications/tasks',
      'notifications/message',
      'elicitation/create',
    ])
      await say({ method, params, ...(method.startsWith('elicitation') ? { id: { toString: 1 } } : {}) });
  expect(answers).toEqual([]);
  expect(passed.length).toBeGreaterThan(0); // the SDK answers what is no request of ours
});
