import { expect, test } from 'vitest';
import { splitBlocks } from './split-blocks.ts';

test('paragraphs and headings stand alone', () => {
  expect(splitBlocks('# Title\n\nOne\ntwo\n\n\nThree')).toEqual(['# Title\n', 'One\ntwo\n\n', 'Three']);
});

test('a block of code stays whole, with the blank lines in it, also while its end has not come', () => {
  expect(splitBlocks('a\n\n```ts\nx\n\ny\n```\n\nb')).toEqual(['a\n', '```ts\nx\n\ny\n```\n', 'b']);
  expect(splitBlocks('```\nx\n\ny')).toEqual(['```\nx\n\ny']);
  expect(splitBlocks('````\n```\n\nx\n````\n\nb')).toEqual(['````\n```\n\nx\n````\n', 'b']);
});

test('a loose list stays whole, with what is indented under its items', () => {
  expect(splitBlocks('1. one\n\n   more\n\n2. two\n\nEnd')).toEqual(['1. one\n\n   more\n\n2. two\n', 'End']);
});

test('a very long list is cut between items, and goes on counting', () => {
  const items = Array.from({ length: 100 }, (_, at) => `${at + 1}. item ${'x'.repeat(50)}`);
  const blocks = splitBlocks(items.join('\n'));
  expect(blocks.length).toBeGreaterThan(2);
  expect(blocks.join('\n')).toBe(items.join('\n'));
  expect(blocks.every((block) => /^\d+\. item/.test(block))).toBe(true);
  // A year at the beginning of a line of prose is no item.
  expect(splitBlocks(`${'word '.repeat(600)}\n1986. A year`)).toHaveLength(1);
});

test('a text with definitions is not cut, as they are meant from anywhere', () => {
  expect(splitBlocks('See [it][1]\n\nmore\n\n[1]: https://example.com')).toHaveLength(1);
});

test('what was cut stays as it was while the text grows', () => {
  const whole = '# T\n\npara one\n\n- a\n\n- b\n\n```\ncode\n\ncode\n```\n\nlast words';
  let before: readonly string[] = [];
  for (let length = 1; length <= whole.length; length++) {
    const now = splitBlocks(whole.slice(0, length));
    // All but the last piece, which grows, and the one before it, which may yet turn out to go on.
    expect(now.slice(0, Math.max(0, before.length - 2))).toEqual(
      before.slice(0, Math.max(0, before.length - 2)),
    );
    before = now;
  }
  expect(before.join('\n')).toBe(whole);
});

test('nothing comes of nothing', () => {
  expect(splitBlocks('')).toEqual([]);
  expect(splitBlocks('\n\n')).toEqual([]);
});
