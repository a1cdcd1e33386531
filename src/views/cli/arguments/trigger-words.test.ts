import { expect, test } from 'vitest';
import { eventTrigger } from './trigger-words.ts';

test.each([
  ['task:failed', { kind: 'task', statuses: ['failed'] }],
  ['task:lost,failed', { kind: 'task', statuses: ['failed', 'lost'] }],
  ['resource:files:files-changes:///a:b', { kind: 'resource', server: 'files', uri: 'files-changes:///a:b' }],
  ['list:git:tools', { kind: 'list', server: 'git', list: 'tools' }],
  ['hook', { kind: 'hook', signed: false }],
  ['hook:signed', { kind: 'hook', signed: true }],
] as const)('%s', (when, source) => {
  expect(eventTrigger(when, [], false)).toEqual({ source });
});

test('filters and once stand beside the source', () => {
  expect(eventTrigger('hook', ['payload.ref=refs/heads/main', 'a=b=c'], true)).toEqual({
    source: { kind: 'hook', signed: false },
    filters: [
      { path: 'payload.ref', op: 'equals', value: 'refs/heads/main' },
      { path: 'a', op: 'equals', value: 'b=c' },
    ],
    once: true,
  });
});

test.each([
  'task',
  'task:',
  'task:asleep',
  'task:failed,asleep',
  'resource:files',
  'list:git:files',
  'hook:x',
  'cron',
  '',
])('“%s” is refused with what is taken', (when) => {
  expect(() => eventTrigger(when, [], false)).toThrow('--when takes task:failed');
});
