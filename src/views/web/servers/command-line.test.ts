import { expect, test } from 'vitest';
import { readPairs, splitCommandLine } from './command-line.ts';

test('a command line becomes program and arguments', () => {
  expect(splitCommandLine('npx -y "my server" --dir=\'/a b\'')).toEqual({
    command: 'npx',
    args: ['-y', 'my server', '--dir=/a b'],
  });
  expect(splitCommandLine('  ')).toEqual({ command: '', args: [] });
});

test('pairs line by line, or the line that is none', () => {
  expect(readPairs('A=1\n\n B = two=2 \n', '=')).toEqual({ A: '1', B: 'two=2' });
  expect(readPairs('Authorization: Bearer x:y', ':')).toEqual({ Authorization: 'Bearer x:y' });
  expect(readPairs('A=1\nnonsense', '=')).toBe(2);
  expect(readPairs('', '=')).toEqual({});
});
