import { expect, test } from 'vitest';
import type { Progress } from '../task/task.ts';
import { hasMoved, nextProgress } from './progress.ts';

test.each<[string, Progress | undefined, Progress, Progress]>([
  ['a first value', undefined, { value: 1, total: 4 }, { value: 1, total: 4 }],
  ['forwards', { value: 1, total: 4 }, { value: 2, total: 4 }, { value: 2, total: 4 }],
  [
    'backwards under the same total is not taken',
    { value: 3, total: 4 },
    { value: 1, total: 4 },
    { value: 3, total: 4 },
  ],
  ['backwards without a total is not taken', { value: 3 }, { value: 1 }, { value: 3 }],
  ['a new total begins anew', { value: 3, total: 4 }, { value: 1, total: 9 }, { value: 1, total: 9 }],
  ['a shrinking total', { value: 30, total: 100 }, { value: 31, total: 50 }, { value: 31, total: 50 }],
  [
    'a total that shrinks below the value',
    { value: 30, total: 100 },
    { value: 31, total: 20 },
    { value: 31 },
  ],
  ['a total that is lost', { value: 3, total: 4 }, { value: 4 }, { value: 4 }],
  ['NaN is dropped', { value: 3, total: 4 }, { value: Number.NaN, total: 4 }, { value: 3, total: 4 }],
  ['NaN at first', undefined, { value: Number.NaN, total: 4 }, { value: 0, total: 4 }],
  ['infinity is dropped', { value: 3 }, { value: Number.POSITIVE_INFINITY }, { value: 3 }],
  ['a total of zero', undefined, { value: 0, total: 0 }, { value: 0 }],
  ['a negative total', undefined, { value: 1, total: -5 }, { value: 1 }],
  ['a total of NaN', undefined, { value: 1, total: Number.NaN }, { value: 1 }],
  ['more than all', { value: 3, total: 4 }, { value: 5, total: 4 }, { value: 5 }],
  ['a message stays until the next', { value: 1, message: 'a' }, { value: 2 }, { value: 2, message: 'a' }],
  [
    'a new phase begins anew, its message too',
    { value: 3, total: 4, message: 'a', phase: 'x' },
    { value: 1, total: 4, phase: 'y' },
    { value: 1, total: 4, phase: 'y' },
  ],
  [
    'the same phase goes on, said or not',
    { value: 3, total: 4, phase: 'x' },
    { value: 1, total: 4 },
    { value: 3, total: 4, phase: 'x' },
  ],
  [
    'a phase without numbers',
    { value: 3, total: 4, phase: 'x' },
    { value: Number.NaN, phase: 'y' },
    { value: 0, phase: 'y' },
  ],
  ['a message alone', { value: 1, message: 'a' }, { value: 1, message: 'b' }, { value: 1, message: 'b' }],
])('%s', (_what, previous, reported, shown) => {
  expect(nextProgress(previous, reported)).toEqual(shown);
});

test('a long message is cut', () => {
  expect(nextProgress(undefined, { value: 1, message: 'x'.repeat(10_000) }).message).toHaveLength(500);
});

test('whatever is reported, a bar never runs past its end or back', () => {
  const numbers = [
    Number.NaN,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    -1,
    0,
    0.5,
    1,
    7,
    10,
    1e308,
  ];
  for (const a of numbers)
    for (const total of [undefined, ...numbers])
      for (const b of numbers) {
        const first = nextProgress(undefined, { value: a, total });
        const next = nextProgress(first, { value: b, total });
        for (const { value, total } of [first, next]) {
          expect(Number.isFinite(value)).toBe(true);
          if (total !== undefined) expect(total).toBeGreaterThanOrEqual(value);
        }
        if (first.total === next.total) expect(next.value).toBeGreaterThanOrEqual(first.value);
      }
});

test.each<[string, Progress | undefined, Progress, boolean]>([
  ['a first value', undefined, { value: 0 }, true],
  ['the same again', { value: 1, total: 4 }, { value: 1, total: 4 }, false],
  ['one step of a million', { value: 1, total: 1e6 }, { value: 2, total: 1e6 }, true],
  ['a larger value that only shows life', { value: 1, total: 4 }, { value: 1 + 4e-8, total: 4 }, false],
  ['the same share on another scale', { value: 1, total: 4 }, { value: 10, total: 40 }, false],
  ['without a total', { value: 1 }, { value: 1.5 }, true],
  ['a new phase', { value: 1, phase: 'x' }, { value: 1, phase: 'y' }, true],
  ['a new message', { value: 1, total: 4, message: 'a' }, { value: 1, total: 4, message: 'b' }, true],
])('whether the work has moved: %s', (_what, previous, next, moved) => {
  expect(hasMoved(previous, next)).toBe(moved);
});
