import { expect, test } from 'vitest';
import type { CallPart, UsePart } from '../../data/types.ts';
import { standOf, titleOfUse, toolName } from './use-words.ts';

const use = (more: Partial<UsePart> = {}): UsePart => ({
  type: 'use',
  callId: 'c',
  server: 'lab',
  tool: 'echo',
  arguments: {},
  state: 'answered',
  told: { text: '', isError: false },
  ...more,
});
const call = { state: 'completed' } as CallPart;

test('tools go by their names; those of Meanwhile itself say what they did', () => {
  expect(titleOfUse(use())).toBe('lab.echo');
  const own = { server: 'meanwhile', tool: 'cancel_task' };
  expect(titleOfUse(use(own))).toBe('Asked a task to stop');
  expect(titleOfUse(use({ ...own, state: 'asked' }))).toBe('cancel task');
  expect(titleOfUse(use({ ...own, told: { text: 'no', isError: true } }))).toBe('cancel task');
  expect(toolName({ server: 'meanwhile', tool: 'something_new' })).toBe('something new');
});

test('how a use stands', () => {
  const look = (...args: Parameters<typeof standOf>) => standOf(...args).look;
  const failed = use({ told: { text: 'no', isError: true } });
  expect(look(use(), call, undefined, false)).toBe('good');
  expect(look(failed, undefined, undefined, false)).toBe('bad');
  expect(look(failed, undefined, 'declined', false)).toBe('cancelled');
  expect(look(use({ state: 'asked' }), undefined, 'open', false)).toBe('needs');
  expect(look(use({ state: 'running' }), undefined, 'allowed', false)).toBe('running');
  expect(look(use({ state: 'running' }), undefined, undefined, true)).toBe('cancelled');
});
