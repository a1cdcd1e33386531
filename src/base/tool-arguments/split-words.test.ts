import { expect, test } from 'vitest';
import { splitWords } from './split-words.ts';

test.each([
  ['npx -y server', ['npx', '-y', 'server']],
  ['  a   b ', ['a', 'b']],
  [`sh -c 'echo "hi $HOME"'`, ['sh', '-c', 'echo "hi $HOME"']],
  ['a "b c"d', ['a', 'b cd']],
  ['a\\ b "c\\"d" "e\\f"', ['a b', 'c"d', 'e\\f']],
  ['x \'\' ""', ['x', '', '']],
  ['', []],
])('%j', (line, words) => expect(splitWords(line)).toEqual(words));

test('an open quote is an error', () => expect(() => splitWords('a "b')).toThrow('not closed'));
