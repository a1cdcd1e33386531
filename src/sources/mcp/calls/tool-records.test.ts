import { describe, expect, test } from 'vitest';
import type { CancelAnswer } from '../../../task/task.ts';
import { cancelSupport, type Seen, type ToolRecord, withSeen } from './tool-records.ts';

const AT = '2026-01-02T03:04:05.678Z';
const NOTHING: Seen = { progress: false, totals: false, asked: false };
const cancels = (...answers: CancelAnswer[]): ToolRecord => ({
  cancels: answers.map((answer) => ({ at: AT, answer, ms: 5_000 })),
});

describe('what was seen of a tool', () => {
  test('nothing new leaves the record as it is', () => {
    const record: ToolRecord = { reportsProgress: true, cancels: [] };
    expect(withSeen(record, NOTHING, AT)).toBe(record);
    expect(withSeen(record, { ...NOTHING, progress: true }, AT)).toBe(record);
  });
  test('progress, totals and questions stay seen', () => {
    const once = withSeen({ cancels: [] }, { progress: true, totals: true, asked: true }, AT);
    expect(once).toEqual({ reportsProgress: true, hasTotals: true, asks: true, cancels: [] });
    expect(withSeen(once, NOTHING, AT)).toBe(once);
  });
  test('requests to stop are kept, the newest first, ten of them', () => {
    let record: ToolRecord = { cancels: [] };
    for (let ms = 3_000; ms < 3_012; ms++)
      record = withSeen(record, { ...NOTHING, cancel: { answer: 'ignored', ms } }, AT);
    expect(record.cancels).toHaveLength(10);
    expect(record.cancels[0]).toEqual({ at: AT, answer: 'ignored', ms: 3_011 });
  });
  test('a tool that ended right after it was asked to stop has shown nothing', () => {
    const record: ToolRecord = { cancels: [] };
    expect(withSeen(record, { ...NOTHING, cancel: { answer: 'ignored', ms: 1_999 } }, AT)).toBe(record);
    expect(withSeen(record, { ...NOTHING, cancel: { answer: 'stopped', ms: 5 } }, AT).cancels).toHaveLength(
      1,
    );
  });
});

describe('how far a tool can be stopped', () => {
  test.each<[string, Parameters<typeof cancelSupport>[0], string]>([
    ['nothing is known', { record: cancels(), declared: false }, 'request'],
    ['its server promises', { record: cancels(), declared: true }, 'confirmed'],
    ['it stopped the last time', { record: cancels('stopped', 'ignored'), declared: false }, 'confirmed'],
    ['it went on once', { record: cancels('ignored'), declared: false }, 'request'],
    ['it went on twice', { record: cancels('ignored', 'ignored'), declared: false }, 'none'],
    [
      'it went on twice, whatever is promised',
      { record: cancels('ignored', 'ignored'), declared: true },
      'none',
    ],
    [
      'it went on, then stopped',
      { record: cancels('stopped', 'ignored', 'ignored'), declared: false },
      'confirmed',
    ],
    ['nobody ever said', { record: cancels('assumed', 'assumed'), declared: false }, 'request'],
    [
      'mcp.json says so, whatever was seen',
      { configured: 'request', record: cancels('ignored', 'ignored'), declared: false },
      'request',
    ],
  ])('%s', (_why, evidence, support) => {
    expect(cancelSupport(evidence)).toBe(support);
  });
});
