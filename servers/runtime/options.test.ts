import path from 'node:path';
import { expect, it } from 'vitest';
import { type OptionSpecs, parseOptions, usageOf } from './options.ts';

const SPECS = {
  folder: { type: 'directory', multiple: true, title: 'Folders', description: 'where it may work' },
  allow: { type: 'string', multiple: true, title: 'Allowed', description: 'what may run' },
  mode: { type: 'string', title: 'Mode', description: 'how', default: 'ask', options: ['ask', 'all'] },
  log: { type: 'file', title: 'Log', description: 'where to write' },
  'grace-ms': { type: 'number', title: 'Grace', description: 'time to end', default: 3_000, min: 0 },
  most: { type: 'number', title: 'Most', description: 'how many', default: 16, min: 1, max: 100 },
  quiet: { type: 'boolean', title: 'Quiet', description: 'say nothing' },
} as const satisfies OptionSpecs;

it('has defaults', () => {
  expect(parseOptions(SPECS, [])).toEqual({
    folder: [],
    allow: [],
    mode: 'ask',
    log: undefined,
    'grace-ms': 3_000,
    most: 16,
    quiet: false,
  });
});

it('reads everything; folders and files become absolute', () => {
  const args = [
    '--folder',
    '/a',
    '--folder=b',
    '--allow=-x',
    '--mode',
    'all',
    '--log=l',
    '--most',
    '2',
    '--quiet',
  ];
  expect(parseOptions(SPECS, args)).toEqual({
    folder: ['/a', path.resolve('b')],
    allow: ['-x'],
    mode: 'all',
    log: path.resolve('l'),
    'grace-ms': 3_000,
    most: 2,
    quiet: true,
  });
});

it.each([
  [['--grace-ms', 'soon'], '--grace-ms'],
  [['--grace-ms', '1.5'], '--grace-ms'],
  [['--most', '0'], '--most: expected a whole number from 1 to 100, not "0"'],
  [['--most', '101'], '--most'],
  [['--folder='], '--folder: expected a directory'],
  [['--folders', '/a'], '--folders'],
  [['--mode', 'some'], '--mode: expected ask, all, not "some"'],
  [['/a'], '/a'],
])('names what is wrong in %j', (args, named) => {
  expect(() => parseOptions(SPECS, args)).toThrow(named);
});

it('says how it is used', () => {
  const usage = usageOf('main.ts', SPECS);
  expect(usage).toContain('--folder DIR  where it may work (repeatable)');
  expect(usage).toContain('--most N      how many (default: 16)');
  expect(usage).toContain('--quiet       say nothing');
});
