import { expect, it } from 'vitest';
import { readPhase } from './read-phase.ts';

// As git 2.39 printed them, without the escape sequences.
it.each([
  [
    'remote: Enumerating objects: 302, done.',
    'Remote: enumerating objects',
    302,
    undefined,
    'objects',
    'Remote: enumerating objects 302',
  ],
  [
    'remote: Counting objects:  33% (100/302)',
    'Remote: counting objects',
    100,
    302,
    'objects',
    'Remote: counting objects 100/302',
  ],
  [
    'remote: Compressing objects: 100% (301/301), done.',
    'Remote: compressing objects',
    301,
    301,
    'objects',
    'Remote: compressing objects 301/301',
  ],
  [
    'Receiving objects:  61% (612/1000), 4.20 MiB | 4.20 MiB/s',
    'Receiving objects',
    612,
    1000,
    'objects',
    'Receiving objects 612/1,000, 4.2 MiB/s',
  ],
  ['Receiving objects:   0% (1/302)', 'Receiving objects', 1, 302, 'objects', 'Receiving objects 1/302'],
  [
    'Receiving objects: 100% (302/302), 5.89 MiB | 13.34 MiB/s, done.',
    'Receiving objects',
    302,
    302,
    'objects',
    'Receiving objects 302/302, 13.3 MiB/s',
  ],
  ['Resolving deltas:  50% (7/14)', 'Resolving deltas', 7, 14, 'deltas', 'Resolving deltas 7/14'],
  [
    'Updating files:  12% (1200/10000)',
    'Updating files',
    1200,
    10000,
    'files',
    'Updating files 1,200/10,000',
  ],
  [
    'Writing objects: 100% (3/3), 239 bytes | 26.00 KiB/s, done.',
    'Writing objects',
    3,
    3,
    'objects',
    'Writing objects 3/3, 26 KiB/s',
  ],
  ['Enumerating objects: 5, done.', 'Enumerating objects', 5, undefined, 'objects', 'Enumerating objects 5'],
  [
    'Filtering content:  50% (1/2), 1.00 MiB | 100.00 KiB/s',
    'Filtering content',
    1,
    2,
    'files',
    'Filtering content 1/2, 100 KiB/s',
  ],
  ['Rebasing (2/5)', 'Rebasing', 2, 5, 'commits', 'Rebasing 2/5'],
])('%s', (line, phase, value, total, unit, message) => {
  expect(readPhase(line)).toEqual({ phase, value, unit, message, ...(total !== undefined && { total }) });
});

it.each([
  'Delta compression using up to 2 threads',
  'Total 3 (delta 1), reused 0 (delta 0), pack-reused 0',
  "Cloning into 'dst'...",
  'Receiving objects:  61% (612/10',
  'fatal: early EOF',
  'remote: Answer: 42',
  '',
])('%s is no progress', (line) => {
  expect(readPhase(line)).toBeUndefined();
});

it('never tells more than the total', () => {
  expect(readPhase('Receiving objects: 101% (1001/1000)')).toEqual({
    phase: 'Receiving objects',
    message: 'Receiving objects',
  });
});
