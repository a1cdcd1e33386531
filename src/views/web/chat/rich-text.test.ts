import { expect, test } from 'vitest';
import { readBlocks } from './rich-text.ts';

test('prose with code and bold words', () => {
  expect(readBlocks('Type `/help` **now**.')).toEqual([
    {
      type: 'prose',
      spans: [
        { style: 'plain', text: 'Type ' },
        { style: 'code', text: '/help' },
        { style: 'plain', text: ' ' },
        { style: 'bold', text: 'now' },
        { style: 'plain', text: '.' },
      ],
    },
  ]);
});

test('fences make blocks of code, markup in them stays', () => {
  expect(readBlocks('a\n```sh\nls **x**\n```\nb').map((block) => block.type)).toEqual([
    'prose',
    'code',
    'prose',
  ]);
  expect(readBlocks('```\n<b>`x`</b>\n```')).toEqual([{ type: 'code', text: '<b>`x`</b>' }]);
});

test('nothing gives nothing', () => expect(readBlocks(' \n')).toEqual([]));
