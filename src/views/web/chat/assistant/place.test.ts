import { expect, test } from 'vitest';
import type { Message, MessagePart } from '../../data/types.ts';
import { rowsOf } from './place.ts';

let clock = 0;
const message = (id: string, more: Partial<Message> = {}): Message => ({
  id,
  seq: 1,
  sessionId: 's',
  role: 'user',
  parts: [],
  createdAt: new Date(clock++).toISOString(),
  ...more,
});
const step = (id: string, turnId: string, parts: MessagePart[] = []): Message =>
  message(id, {
    role: 'assistant',
    parts,
    turn: { id: turnId, state: 'done', modelId: 'm', step: 1, cause: 'said', startedAt: '' },
  });
const use = (messageId: string): MessagePart => ({
  type: 'use',
  callId: 'c',
  server: 'lab',
  tool: 'echo',
  arguments: {},
  state: 'answered',
  messageId,
});

test('steps know their place, and the calls of the assistant are shown where it asked for them', () => {
  const all = [
    message('hello'),
    step('a1', 'a', [use('call')]),
    message('call'),
    step('a2', 'a'),
    message('again'),
    step('b1', 'b'),
  ];
  expect(rowsOf(all.toReversed())).toEqual([
    { id: 'hello' },
    { id: 'a1', place: 'between' },
    { id: 'a2', place: 'last' },
    { id: 'again' },
    { id: 'b1', place: 'newest' },
  ]);
});

test('what was said anew is not shown', () => {
  const old = { ...message('old'), supersededBy: 'new' };
  expect(rowsOf([old, { ...step('x', 't'), supersededBy: 'new' }, message('new')])).toEqual([{ id: 'new' }]);
});
