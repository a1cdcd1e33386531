import { expect, test } from 'vitest';
import { readTrigger, resourceEvents } from './slash-trigger.ts';

const ready = (source: object, rest: string) => ({ typed: { type: 'ready', trigger: { source } }, rest });

test.each([
  ['task failed look at it', ready({ kind: 'task', statuses: ['failed'] }, 'look at it')],
  [
    'task ended /a.b c=1',
    ready({ kind: 'task', statuses: ['completed', 'failed', 'cancelled', 'lost'] }, '/a.b c=1'),
  ],
  ['notes changes x:/1 read', ready({ kind: 'resource', server: 'notes', uri: 'x:/1' }, 'read')],
  ['notes changes tools look', ready({ kind: 'list', server: 'notes', list: 'tools' }, 'look')],
  ['hook /a.b', ready({ kind: 'hook', signed: false }, '/a.b')],
  [
    'files.created in /in.d/x /a.b',
    { typed: { type: 'place', server: 'files', event: 'created', place: '/in.d/x' }, rest: '/a.b' },
  ],
  [
    'files.file.removed in "my inbox" gone',
    { typed: { type: 'place', server: 'files', event: 'file.removed', place: 'my inbox' }, rest: 'gone' },
  ],
])('%s', (text, read) => {
  expect(readTrigger(text)).toEqual(read);
});

test.each(['', 'task', 'task sleeps x', 'files.created', 'files. in x', 'notes changes', 'tomorrow'])(
  '“%s” is refused with what is expected',
  (text) => {
    expect(() => readTrigger(text)).toThrow('does not begin with something to wait for');
  },
);

test('the prefix of file events may be left out', () => {
  const value = (event: string) => resourceEvents('files', 'u', event).filters?.[0]?.value;
  expect(['created', 'file.created', 'pushed'].map(value)).toEqual([
    'file.created',
    'file.created',
    'pushed',
  ]);
});
