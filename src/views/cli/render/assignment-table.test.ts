import { expect, test } from 'vitest';
import { type Assignment, DEFAULT_RULES } from '../../../assignment/assignment.ts';
import { assignmentTable } from './assignment-table.ts';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const glance = (state: 'completed' | 'failed' | 'running', minutes: number) => ({
  runId: 'run_1',
  state,
  at: ago(minutes),
});

const sample = (more: Partial<Assignment> = {}): Assignment => ({
  id: 'asg_01k8zz0000000000000abcdef',
  seq: 1,
  title: 'Back up the photos of the whole family',
  state: 'on',
  trigger: { type: 'event', source: { kind: 'task', statuses: ['failed'] } },
  work: { type: 'text', text: 'x' },
  timeZone: 'UTC',
  rules: DEFAULT_RULES,
  sessionId: 'sess_1',
  ownsSession: true,
  createdAt: ago(90),
  createdBy: 'person',
  updatedAt: ago(90),
  strip: [],
  failuresInRow: 0,
  ...more,
});

const table = (columns: number, ...list: Assignment[]) =>
  assignmentTable(list, { columns, paint: (text) => text }, NOW);

test('title and words share what the short columns leave', () => {
  const strip = [glance('running', 1), glance('failed', 60), glance('completed', 120)];
  const list = [sample({ strip, lastRun: strip[0]!, nextDueAt: ago(-180) }), sample({ state: 'paused' })];
  expect(table(80, ...list)).toEqual([
    'ID      TITLE             WHEN                        NEXT    LAST         RUNS',
    'abcdef  Back up the pho…  When a task ends as failed  in 3 h  ● 1 min ago  ✔✘●',
    'abcdef  Back up the pho…  When a task ends as failed  paused',
  ]);
  const lengths = table(72, ...list).map((line) => line.length);
  expect(Math.max(...lengths)).toBeLessThan(72);
});
