import { expect, test } from 'vitest';
import { lineFrames } from './line-frames.ts';

function setup(maxBytes = 1_000) {
  const frames: unknown[] = [];
  const stray: [string, string][] = [];
  const { push } = lineFrames({
    onFrame: (frame) => frames.push(frame),
    onStray: (text, reason) => stray.push([reason, text]),
    maxBytes,
  });
  return { frames, stray, push: (text: string | Buffer) => push(Buffer.from(text)) };
}

const frame = (id: number, text = 'ü€😀') => ({ jsonrpc: '2.0', id, result: { text } });

test('frames are the same wherever the stream is cut, in the middle of a character too', () => {
  const bytes = Buffer.from(`${JSON.stringify(frame(1))}\n\r\n${JSON.stringify(frame(2))}\r\n`);
  for (let size = 1; size <= bytes.length; size++) {
    const { frames, stray, push } = setup();
    for (let from = 0; from < bytes.length; from += size) push(bytes.subarray(from, from + size));
    expect(frames).toEqual([frame(1), frame(2)]);
    expect(stray).toEqual([]);
  }
});

test('what is no message is handed aside, and the stream goes on', () => {
  const { frames, stray, push } = setup();
  push('starting…\n{"jsonrpc": broken\n[1,2]\n"text"\nnull\n7\n{"id": 1}\n');
  push(`${JSON.stringify(frame(1))}\n`);
  expect(stray.map(([, text]) => text)).toEqual([
    'starting…',
    '{"jsonrpc": broken',
    '[1,2]',
    '"text"',
    'null',
    '7',
    '{"id": 1}',
  ]);
  expect(frames).toEqual([frame(1)]);
});

test('bytes that are no text harm nothing', () => {
  const { frames, stray, push } = setup();
  push(Buffer.from([0xff, 0xfe, 0x00, 0x0a]));
  push(`${JSON.stringify(frame(1))}\n`);
  expect(stray).toHaveLength(1);
  expect(frames).toEqual([frame(1)]);
});

test('a line above the limit is skipped to its end, in one piece or in many', () => {
  for (const size of [7, 10_000]) {
    const { frames, stray, push } = setup(100);
    const text = `${JSON.stringify(frame(1, 'x'.repeat(5_000)))}\n${JSON.stringify(frame(2))}\n`;
    for (let from = 0; from < text.length; from += size) push(text.slice(from, from + size));
    expect(frames).toEqual([frame(2)]);
    expect(stray).toHaveLength(1);
    expect(stray[0]?.[0]).toBe('too_long');
    expect(stray[0]?.[1].length).toBeLessThanOrEqual(500);
  }
});

test('a stray line is shown cut short', () => {
  const { stray, push } = setup(100_000);
  push(`${'x'.repeat(50_000)}\n`);
  expect(stray[0]?.[1]).toHaveLength(500);
});
