import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { ShellText } from './shell-text.ts';

const NASTY = [
  'plain',
  'two words',
  "it's",
  '"quoted"',
  '$HOME $(touch x) `touch x`',
  'a; exit 7',
  'a && exit 7 || exit 8',
  '\\',
  '\\\\" $(exit 9)',
  "' ; exit 7 #",
  '!! * ? [a] {a,b} ~ # & | > x < y',
  'line\nbreak',
  '-n',
  '',
  'ä€😀',
];

/** What a real shell makes of the one argument of `printf`. */
function printed(before: string, value: string, after: string): string {
  const line = new ShellText();
  line.literal(before);
  line.value(value);
  line.literal(after);
  if ('problem' in line.result) throw new Error(line.result.problem);
  return execFileSync('/bin/sh', ['-c', line.result.text], { encoding: 'utf8', cwd: '/' });
}

test.each(NASTY)('%j stays what it is, wherever it stands', (value) => {
  expect(printed("printf '[%s]' ", value, '')).toBe(`[${value}]`);
  expect(printed(`printf '[%s]' "say `, value, ' now"')).toBe(`[say ${value} now]`);
  expect(printed(`printf '[%s]' 'say `, value, " now'")).toBe(`[say ${value} now]`);
  expect(printed(`printf '[%s]' a\\'"b"'c'`, value, '')).toBe(`[a'bc${value}]`);
});

test.each([
  'echo $(cat ',
  'echo `cat ',
  'cat <<END\n',
  'echo "${A:-',
  "echo $'a",
  'echo \\',
  'echo $',
  'echo "$',
  'echo # of ',
  '#',
])('%j cannot be filled in safely', (before) => {
  const line = new ShellText();
  line.literal(before);
  line.value('x');
  expect(line.result).toHaveProperty('problem');
});
