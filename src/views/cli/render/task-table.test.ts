import { expect, test } from 'vitest';
import { SAMPLE_TIME, sampleTask } from '../test/sample-task.ts';
import { painted, unpainted } from './colour.ts';
import { plainText } from './plain-text.ts';
import { taskHeader, taskLine } from './task-table.ts';
import { textWidth } from './text-width.ts';

const frame = (columns: number) => ({ columns, now: SAMPLE_TIME, step: 0, paint: unpainted });
const copying = sampleTask({ progress: { value: 12, total: 40, unit: 'files', message: 'copying' } });
const failed = sampleTask({
  status: 'failed',
  endedAt: new Date(SAMPLE_TIME - 10_000).toISOString(),
  failure: { reason: 'tool_error', message: 'no route\nto host' },
});
const asking = sampleTask({ status: 'input_required', statusMessage: 'Delete 12 snapshots?' });

test('80 columns: id, status, title, bar with figure, time', () => {
  expect([
    ...taskHeader(frame(80)),
    ...[copying, failed, asking].map((task) => taskLine(task, frame(80))),
  ]).toEqual([
    'ID      STATUS        TITLE                      PROGRESS                  TIME',
    'abcdef  ● running     Back up the photos         ███░░░░░░░ 12/40 files   1m00s',
    'abcdef  ✘ failed      Back up the photos         no route to host           50s',
    'abcdef  ? needs you   Back up the photos         Delete 12 snapshots?     1m00s',
  ]);
});

test('120 columns: the note has a column of its own', () => {
  expect(taskLine(copying, frame(120))).toMatch(
    /● running {5}Back up the photos .* 12\/40 files {3}1m00s {2}copying$/,
  );
  expect(taskLine(failed, frame(120))).toMatch(/50s {2}no route to host$/);
});

test('40 columns: symbol, title, figure, time', () => {
  expect(taskHeader(frame(40))).toEqual([]);
  expect(taskLine(copying, frame(40))).toBe('● Back up the photos       12/40  1m00s');
});

test.each([40, 63, 64, 71, 72, 76, 80, 99, 100, 119, 120, 200])(
  'no line touches the edge at %i columns',
  (columns) => {
    const long = { title: '長い題名 '.repeat(30), statusMessage: 'x'.repeat(300) };
    const tasks = [copying, failed, asking, { ...copying, ...long }, { ...failed, ...long }];
    for (const task of tasks) {
      const line = taskLine(task, { ...frame(columns), paint: painted });
      expect(textWidth(plainText(line))).toBeLessThan(columns);
    }
  },
);

test('escape sequences in a title do not reach the terminal', () => {
  const line = taskLine(sampleTask({ title: 'a\u001b[2Jb\nc' }), frame(80));
  expect(line).toContain('ab c');
  expect(line).not.toContain('\u001b');
});

test('a task that was asked to stop is stopping until it ends', () => {
  const cancel = { support: 'request' as const, requestedAt: new Date(SAMPLE_TIME - 5_000).toISOString() };
  expect(taskLine(sampleTask({ cancel }), frame(120))).toMatch(/◼ stopping .*asked to stop 5 s ago$/);
  expect(taskLine({ ...failed, cancel }, frame(120))).toContain('✘ failed');
});

test('silence is named once it is long', () => {
  const aliveAt = new Date(SAMPLE_TIME - 250_000).toISOString();
  expect(taskLine(sampleTask({ aliveAt }), frame(120))).toMatch(/no sign of life for 4 min$/);
});
