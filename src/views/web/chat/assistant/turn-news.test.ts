import { expect, test } from 'vitest';
import type { Message, MessagePart, TurnStep } from '../../data/types.ts';
import { turnNews } from './turn-news.ts';

const step = (
  state: TurnStep['state'],
  parts: readonly MessagePart[] = [],
  cause: TurnStep['cause'] = 'said',
): Message => ({
  id: 'm',
  seq: 1,
  sessionId: 's',
  role: 'assistant',
  parts,
  createdAt: '',
  turn: { id: 't', state, modelId: 'x', step: 1, cause, startedAt: '' },
});
const use: MessagePart = {
  type: 'use',
  callId: 'c',
  server: 'lab',
  tool: 'echo',
  arguments: {},
  state: 'answered',
};

test('questions and ends are news, and steps in between are not', () => {
  expect(turnNews(step('running'), step('waiting', [use]))).toContain('asks');
  expect(turnNews(step('running'), step('done'))).toContain('has answered');
  expect(turnNews(step('running'), step('done', [use]))).toBeUndefined();
  expect(turnNews(step('running'), step('failed'))).toContain('could not go on');
});

test('what one did oneself is no news, nor what was seen to end by nobody', () => {
  expect(turnNews(step('running'), step('stopped'))).toBeUndefined();
  expect(turnNews(undefined, step('done'))).toBeUndefined();
  expect(turnNews(step('done'), step('done'))).toBeUndefined();
  expect(turnNews(step('running', [], 'assignment'), step('done', [], 'assignment'))).toBeUndefined();
});
