import path from 'node:path';
import { expect, it } from 'vitest';
import { parseOptions } from './options.ts';

it('has defaults', () => {
  expect(parseOptions([])).toEqual({ folders: [], graceMs: 3_000, maxConcurrent: 16 });
});

it('reads everything', () => {
  const args = [
    '--folder',
    '/a',
    '--folder=b',
    '--allow',
    'tar, ls,',
    '--grace-ms',
    '0',
    '--max-concurrent',
    '2',
  ];
  expect(parseOptions(args)).toEqual({
    folders: ['/a', path.resolve('b')],
    allow: ['tar', 'ls'],
    graceMs: 0,
    maxConcurrent: 2,
  });
});

it.each([
  [['--grace-ms', 'soon'], '--grace-ms'],
  [['--grace-ms', '1.5'], '--grace-ms'],
  [['--max-concurrent', '0'], '--max-concurrent'],
  [['--folders', '/a'], '--folders'],
  [['/a'], '/a'],
])('names what is wrong in %j', (args, named) => {
  expect(() => parseOptions(args)).toThrow(named);
});
