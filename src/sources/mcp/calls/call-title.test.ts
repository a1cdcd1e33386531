import { expect, test } from 'vitest';
import { callTitle } from './call-title.ts';

const tool = { name: 'copy', inputSchema: { type: 'object', required: ['from'] } };

test.each<[Record<string, unknown>, string]>([
  [{}, 'copy'],
  [{ speed: 1 }, 'copy'],
  [{ note: 'b', from: '/photos' }, 'copy: /photos'],
  [{ note: 'only this' }, 'copy: only this'],
  [{ from: '  ', note: 'x' }, 'copy: x'],
  [{ from: ' two\n lines\t here ' }, 'copy: two lines here'],
  [{ from: 'x'.repeat(200) }, `copy: ${'x'.repeat(79)}…`],
])('%j', (args, title) => {
  expect(callTitle(tool, args)).toBe(title);
});

test('the title of the tool goes before its name', () => {
  expect(callTitle({ ...tool, title: 'Copy files' }, { from: 'a' })).toBe('Copy files: a');
});

test.each([{ required: 'from' }, { required: { a: 1 } }, { required: 7 }, { required: [1, null] }])(
  'a server may send any schema: %j',
  (schema) => {
    expect(callTitle({ name: 'copy', inputSchema: schema as never }, { from: 'a' })).toBe('copy: a');
  },
);
