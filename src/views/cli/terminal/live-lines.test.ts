import { expect, test } from 'vitest';
import { unpainted } from '../render/colour.ts';
import { liveLines } from './live-lines.ts';

const UP = (rows: number) => `\u001b[${rows}A`;

function recorder() {
  const written: string[] = [];
  const output = {
    write: (text: string) => void written.push(text),
    interactive: true,
    columns: 80,
    rows: 24,
    paint: unpainted,
    onResize: () => () => {},
  };
  return { written, output };
}

test('a repaint goes up by what is shown, writes over it and clears only what is left', () => {
  const { written, output } = recorder();
  const live = liveLines(output);
  live.paint(['one', 'two']);
  live.paint(['three']);
  expect(written[2]).toContain(`\r${UP(2)}three\u001b[K\n\u001b[J`);
  expect(written[2]).not.toContain('\u001b[2J');
  live.close();
});

test('the cursor is hidden meanwhile and given back, and no listener stays', () => {
  const before = process.listenerCount('exit') + process.listenerCount('SIGTERM');
  const { written, output } = recorder();
  const live = liveLines(output);
  expect(written[0]).toBe('\u001b[?25l');
  live.close();
  expect(written.at(-1)).toBe('\u001b[?25h');
  expect(process.listenerCount('exit') + process.listenerCount('SIGTERM')).toBe(before);
});

test('text above stays, the lines follow it', () => {
  const { written, output } = recorder();
  const live = liveLines(output);
  live.paint(['bar']);
  live.above('log line');
  expect(written.at(-1)).toContain(`${UP(1)}\u001b[Jlog line\nbar`);
  live.close();
});

test('after a change of width the wrapped height counts', () => {
  const { written, output } = recorder();
  const live = liveLines(output);
  live.paint(['x'.repeat(79), 'y']);
  output.columns = 40;
  live.paint(['x', 'y']);
  expect(written.at(-1)).toContain(`${UP(3)}\u001b[J`);
  live.close();
});
