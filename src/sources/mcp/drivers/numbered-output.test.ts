import { expect, test } from 'vitest';
import { numberedLines, numberedOutput } from './numbered-output.ts';

const meta = (told: unknown) => ({ 'meanwhile/output': told });

test.each([
  undefined,
  null,
  'x',
  {},
  meta(null),
  meta({ next: 1 }),
  meta({ next: -1, lines: [] }),
  meta({ next: 1e300, lines: [] }),
  meta({ next: 1, lines: ['a', 'b'] }),
  meta({ next: 1, lines: [5] }),
])('%j has no numbered lines', (raw) => {
  expect(numberedLines(raw)).toBeUndefined();
});

test('a log notification carries its lines itself, and numbers them', () => {
  expect(numberedLines(meta({ next: 7 }), 'a\nb\n')).toEqual({ next: 7, lines: ['a', 'b'] });
});

test('lines without numbers are the next ones, until numbers are told for all', () => {
  const output = numberedOutput(0);
  const told = [
    output.unnumbered(['a', 'b']),
    output.newLines({ next: 3, lines: ['a', 'b', 'c'] }),
    output.unnumbered(['d']),
    output.newLines({ next: 4, lines: ['c', 'd'] }),
  ];
  expect(told.flat().map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd']);
});

test.each<[string, number | undefined, [number, string][], string[]]>([
  [
    'lines that follow',
    0,
    [
      [1, 'a'],
      [3, 'b c'],
    ],
    ['a', 'b', 'c'],
  ],
  [
    'the same again',
    0,
    [
      [2, 'a b'],
      [2, 'a b'],
    ],
    ['a', 'b'],
  ],
  [
    'some of them again',
    0,
    [
      [2, 'a b'],
      [4, 'b c d'],
    ],
    ['a', 'b', 'c', 'd'],
  ],
  [
    'what comes late',
    0,
    [
      [4, 'c d'],
      [2, 'a b'],
    ],
    ['… (2 lines not sent) …', 'c', 'd'],
  ],
  ['one that is missing', 1, [[3, 'c']], ['… (1 line not sent) …', 'c']],
  [
    'where it begins is not known',
    undefined,
    [
      [9, 'h i'],
      [10, 'j'],
    ],
    ['h', 'i', 'j'],
  ],
])('%s', (_what, from, told, logged) => {
  const output = numberedOutput(from);
  const lines = told.flatMap(([next, words]) => output.newLines({ next, lines: words.split(' ') }));
  expect(lines.map(({ text }) => text)).toEqual(logged);
  expect(lines.every(({ kind, text }) => kind === 'output' && text.length <= 4_000)).toBe(true);
});
