import type { SessionUpdate } from '@agentclientprotocol/sdk';
import { expect, it } from 'vitest';
import { NOTHING_TOLD, readUpdate } from './updates.ts';

const follow = (updates: SessionUpdate[]) => {
  let told = NOTHING_TOLD;
  return updates.map((update) => {
    const { told: next, ...reading } = readUpdate(told, update);
    told = next;
    return reading;
  });
};
const entry = (content: string, status: 'pending' | 'in_progress' | 'completed') =>
  ({ content, status, priority: 'medium' }) as const;

it('makes steps of a plan, and keeps them beside what is done now', () => {
  const readings = follow([
    { sessionUpdate: 'plan', entries: [entry('Read', 'completed'), entry('Write', 'in_progress')] },
    { sessionUpdate: 'tool_call', toolCallId: '1', title: 'Edit\n a.ts', kind: 'edit' },
    { sessionUpdate: 'tool_call_update', toolCallId: '1', status: 'in_progress' },
    { sessionUpdate: 'tool_call_update', toolCallId: '1', status: 'completed' },
    { sessionUpdate: 'plan', entries: [entry('Read', 'completed'), entry('Write', 'completed')] },
  ]);
  const steps = { phase: 'plan', value: 1, total: 2, unit: 'steps' };
  expect(readings).toEqual([
    { progress: { ...steps, message: 'Write' } },
    { progress: { ...steps, message: 'Edit a.ts (edit, pending)' }, line: '[edit] Edit a.ts\n' },
    { progress: { ...steps, message: 'Edit a.ts (edit, in progress)' } },
    { progress: { ...steps, message: 'Edit a.ts (edit, completed)' }, line: '[edit] Edit a.ts: completed\n' },
    { progress: { ...steps, value: 2, message: 'Write' } },
  ]);
});

it('claims no steps without a plan', () => {
  const [empty, call, text, thought] = follow([
    { sessionUpdate: 'plan', entries: [] },
    { sessionUpdate: 'tool_call_update', toolCallId: '1', status: 'failed' },
    { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: 'Hello' } },
    { sessionUpdate: 'agent_thought_chunk', content: { type: 'text', text: 'Hm' } },
  ]);
  expect(empty).toEqual({});
  expect(call!.progress).toEqual({ message: 'a tool (other, failed)' });
  expect(text).toEqual({ text: 'Hello' });
  expect(thought).toEqual({});
});
