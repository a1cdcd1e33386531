import { expect, it } from 'vitest';
import { parseOptions } from '../runtime/options.ts';
import { defaultStateFolder, OPTIONS } from './options.ts';

it('keeps its state where the platform keeps state', () => {
  expect(defaultStateFolder({}, 'linux', '/home/anna')).toBe('/home/anna/.local/state/meanwhile/files');
  expect(defaultStateFolder({ XDG_STATE_HOME: '/var/s' }, 'linux', '/home/anna')).toBe(
    '/var/s/meanwhile/files',
  );
  expect(defaultStateFolder({ XDG_STATE_HOME: 'relative' }, 'linux', '/home/anna')).toContain('/home/anna/');
  expect(defaultStateFolder({}, 'darwin', '/Users/anna')).toBe(
    '/Users/anna/Library/Application Support/meanwhile/files-state',
  );
});

it('reads its command line', () => {
  expect(
    parseOptions(OPTIONS, ['--folder', '/a', '--folder', '/b', '--watch', '/a/in', '--read-only']),
  ).toEqual({
    folder: ['/a', '/b'],
    'read-only': true,
    watch: ['/a/in'],
    state: undefined,
    'settle-ms': 2_000,
  });
  expect(() => parseOptions(OPTIONS, ['--settle-ms', '1'])).toThrow(
    '--settle-ms: expected a whole number from 50',
  );
});
