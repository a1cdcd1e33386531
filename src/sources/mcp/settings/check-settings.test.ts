import { expect, test } from 'vitest';
import type { SettingField } from '../../../store/records.ts';
import { checkSettings, type Surroundings } from './check-settings.ts';

const FIELDS: readonly SettingField[] = [
  { name: 'folder', type: 'directory', title: 'Folders', multiple: true, required: true },
  { name: 'file', type: 'file', title: 'File' },
  { name: 'allow', type: 'string', title: 'Allow', multiple: true },
  { name: 'mode', type: 'string', title: 'Mode', options: ['a', 'b'] },
  { name: 'ms', type: 'number', title: 'Time', min: 0, max: 10, whole: true },
  { name: 'share', type: 'number', title: 'Share', required: true, default: 0.5 },
  { name: 'fast', type: 'boolean', title: 'Fast' },
];
const AROUND: Surroundings = {
  kindOf: (path) => (({ '/in': 'folder', '/in/f': 'file', '/in/socket': 'other' }) as const)[path],
  dataFolder: '/data',
};
const check = (settings: Record<string, unknown>) =>
  checkSettings({ fields: FIELDS, secrets: ['key'] }, settings, AROUND);
const right = { folder: ['/in'] };

test('what fits', () => {
  const all = {
    folder: ['/in', '/in'],
    file: '/in/f',
    allow: [],
    mode: 'b',
    ms: 10,
    share: -0.5,
    fast: false,
  };
  expect(check(all)).toEqual({ errors: [], missing: [] });
});

test('a folder that is missing is made within the data folder, and nowhere else', () => {
  expect(check({ folder: ['/data/workspace/a', '/in'] })).toEqual({
    errors: [],
    missing: ['/data/workspace/a'],
  });
});

test.each<[Record<string, unknown>, string, string]>([
  [{}, 'folder', 'a value'],
  [{ folder: [] }, 'folder', 'at least one'],
  [{ folder: '/in' }, 'folder', 'a list'],
  [{ folder: null }, 'folder', 'a list'],
  [{ folder: ['/in', 'in'] }, 'folder[1]', 'an absolute path'],
  [{ folder: ['/out'] }, 'folder[0]', 'a folder that exists'],
  [{ folder: ['/data/../out'] }, 'folder[0]', 'a folder that exists'],
  [{ folder: ['/database'] }, 'folder[0]', 'a folder that exists'],
  [{ folder: ['/in/f'] }, 'folder[0]', 'something else'],
  [{ folder: [7] }, 'folder[0]', 'a folder'],
  [{ folder: [['/in']] }, 'folder[0]', 'a folder'],
  [{ folder: ['/in\0'] }, 'folder[0]', 'a folder'],
  [{ folder: Array(101).fill('/in') }, 'folder', 'at most 100'],
  [{ ...right, file: '/in' }, 'file', 'a file that exists'],
  [{ ...right, file: '/data/f' }, 'file', 'a file that exists'],
  [{ ...right, allow: [''] }, 'allow[0]', 'not empty'],
  [{ ...right, allow: ['x'.repeat(4_001)] }, 'allow[0]', '4000'],
  [{ ...right, mode: 'c' }, 'mode', 'one of: a, b'],
  [{ ...right, ms: '3' }, 'ms', 'a whole number from 0 to 10'],
  [{ ...right, ms: 1.5 }, 'ms', 'a whole number'],
  [{ ...right, ms: 11 }, 'ms', 'from 0 to 10'],
  [{ ...right, ms: Number.NaN }, 'ms', 'a whole number'],
  [{ ...right, fast: 'yes' }, 'fast', 'true or false'],
  [{ ...right, colour: 'red' }, 'colour', 'no such setting; there are: folder'],
  [{ ...right, key: 'secret' }, 'key', 'it is secret'],
])('%j is refused: %s', (settings, field, expected) => {
  expect(check(settings).errors).toEqual([
    { field: `meanwhile.settings.${field}`, expected: expect.stringContaining(expected) },
  ]);
  expect(check(settings).missing).toEqual([]);
});
