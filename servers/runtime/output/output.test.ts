import { describe, expect, it } from 'vitest';
import { CappedOutput } from './capped-output.ts';
import { clean, toMessage } from './clean.ts';
import { FoldLines } from './fold-lines.ts';
import { LineBatch } from './line-batch.ts';
import { NewestLines } from './newest-lines.ts';
import { toReturns } from './redraws.ts';

describe('clean', () => {
  it('takes out colours, titles, links and control characters', () => {
    expect(
      clean('\x1b[1;31mred\x1b[0m \x1b]0;title\x07plain\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\\x07\x00'),
    ).toBe('red plainlink');
    expect(clean('a\tb\nc')).toBe('a\tb\nc');
  });

  it('makes a message of a line', () => {
    expect(toMessage('x'.repeat(300))).toHaveLength(200);
    expect(toMessage('  ####          18.1%  ')).toBe('#### 18.1%');
  });
});

describe('NewestLines', () => {
  it('sees what a carriage return draws anew', () => {
    const lines = new NewestLines();
    lines.add('start\n 10%\r 20%\r');
    expect(lines.take()).toEqual(['start', ' 10%', ' 20%']);
    expect(lines.take()).toEqual([]);
  });

  it('joins a line that comes in pieces', () => {
    const lines = new NewestLines();
    lines.add('step 1');
    expect(lines.take()).toEqual(['step 1']);
    lines.add('2/34\n');
    expect(lines.take()).toEqual(['step 12/34']);
  });

  it('looks at the end of a flood only', () => {
    const lines = new NewestLines();
    lines.add(`first\n${'y\n'.repeat(100_000)}last`);
    const taken = lines.take();
    expect(taken.length).toBeLessThanOrEqual(100);
    expect(taken.at(-1)).toBe('last');
  });
});

describe('FoldLines', () => {
  it('keeps the last state of a line that is drawn again and again', () => {
    const fold = new FoldLines();
    expect(fold.add('10%\r20%\r')).toBe('');
    expect(fold.add('100%\r\nnext\r\nun')).toBe('100%\nnext\n');
    expect(fold.add('finished')).toBe('');
    expect(fold.rest()).toBe('unfinished');
    expect(fold.rest()).toBe('');
  });

  it('does not wait for ever for the end of a line', () => {
    expect(new FoldLines().add('x'.repeat(100_000))).toHaveLength(100_000);
  });
});

describe('toReturns', () => {
  it.each([
    ['  4% + a\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\b  6% + a', '  4% + a\r        \r  6% + a'],
    ['⠙\x1b[1G\x1b[0K⠹', '⠙\r\x1b[0K⠹'],
    ['\x1b7\x1b[40;0fProgress: [ 11%]\x1b8Unpacking', '\x1b7\rProgress: [ 11%]\rUnpacking'],
    ['N\bNA\bAM\bM', 'N\bNA\bAM\bM'],
    ['\x1b[1mbold\x1b[0m', '\x1b[1mbold\x1b[0m'],
  ])('%j', (text, expected) => expect(toReturns(text)).toBe(expected));
});

describe('CappedOutput', () => {
  it('keeps a small output as it is', () => {
    const output = new CappedOutput(10);
    output.add('12345');
    output.add('67890abcde');
    expect(output.kept()).toEqual({ text: '1234567890abcde', totalBytes: 15, cutBytes: 0 });
  });

  it('keeps head and tail and says how much was cut', () => {
    const output = new CappedOutput(8);
    for (let line = 1; line <= 9; line++) output.add(`line ${line}\n`);
    expect(output.kept()).toEqual({
      text: 'line 1\n… 50 bytes cut …\nline 9\n',
      totalBytes: 63,
      cutBytes: 50,
    });
  });

  it('does not cut characters in two', () => {
    const output = new CappedOutput(4);
    output.add('ééééééé'); // two bytes each
    output.add('x');
    const { text, cutBytes, totalBytes } = output.kept();
    expect(text).not.toContain('\ufffd');
    expect(totalBytes).toBe(15);
    expect(cutBytes).toBe(15 - Buffer.byteLength(text.replace(/\n… .* …\n/, '')));
  });
});

describe('LineBatch', () => {
  it('gives what came since the last time', () => {
    const batch = new LineBatch();
    expect(batch.take()).toBeUndefined();
    batch.add('a\nb\n');
    batch.add('c\n');
    expect(batch.take()).toBe('a\nb\nc');
    expect(batch.take()).toBeUndefined();
  });

  it('drops the middle of a flood and says how many lines', () => {
    const batch = new LineBatch();
    for (let line = 0; line < 20_000; line++) batch.add(`line ${line}\n`);
    const text = batch.take()!;
    expect(text.length).toBeLessThanOrEqual(16 * 1024 + 100);
    expect(text.startsWith('line 0\n')).toBe(true);
    expect(text.endsWith('line 19999')).toBe(true);
    const skipped = Number(/… (\d+) lines skipped …/.exec(text)![1]);
    expect(text.split('\n').length - 1 + skipped).toBe(20_000);
  });
});
