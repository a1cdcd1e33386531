import { describe, expect, it } from 'vitest';
import { LastWords } from './last-words.ts';
import { promptLine } from './prompt-line.ts';

describe('a line that wants something typed', () => {
  it.each([
    'Overwrite? [y/N] ',
    'Do it (yes/no)?',
    'done\nAllow this? (Y)es/(N)o [y/n/a]:',
    'Password: ',
    'Enter passphrase for key /x/id_rsa:',
    'Press enter to continue...',
    'Hit [Enter]',
  ])('%j is one for sure', (text) => {
    expect(promptLine(text)).toMatchObject({ isSure: true });
  });

  it.each(['first\nWhat now?', 'Which file? ', 'Overwrite? [y/N]\n', 'Press any key\n'])(
    '%j may be one',
    (text) => {
      expect(promptLine(text)).toMatchObject({ isSure: false });
    },
  );

  it.each([
    'What now?\n',
    'Running the tests: ',
    'Done.\n',
    'Name:\n',
    '',
    '\n\n',
    'The password is checked in login.ts: see there.\n',
    'I changed y/n to yes/no.\n',
    'Start it and press enter when it asks.',
  ])('%j is none', (text) => {
    expect(promptLine(text)).toBeUndefined();
  });
});

describe('last words', () => {
  it('are what was said since the last pause, or before it when nothing came', () => {
    const words = new LastWords();
    words.add('one ');
    words.pause();
    words.add('two ');
    words.add('three\n');
    words.pause();
    expect(words.take()).toEqual({ text: 'two three', isCut: false });
  });

  it('are at most 8 KB, from a line start on', () => {
    const words = new LastWords();
    for (let line = 0; line < 10_000; line++) words.add(`line ${line}\n`);
    const { text, isCut } = words.take();
    expect(text.length).toBeLessThanOrEqual(8_192);
    expect([isCut, text.startsWith('line '), text.endsWith('line 9999')]).toEqual([true, true, true]);
  });
});
