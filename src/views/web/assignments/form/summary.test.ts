import { expect, test } from 'vitest';
import type { AssignmentDraft } from '../../data/types.ts';
import { summaryOf } from './summary.ts';

const preview = {
  title: 'x',
  words: 'Every weekday at 9:00. No time of day was given: 9:00.',
  next: [],
  timeZone: 'Europe/Berlin',
  warnings: [],
};
const call = (server: string, tool: string) => ({ server, tool, arguments: {} });
const draft = (more: Partial<AssignmentDraft>): AssignmentDraft => ({
  trigger: { type: 'timer', text: 'x' },
  work: { type: 'calls', calls: [call('command', 'backup'), call('files', 'write')] },
  ...more,
});

test('a whole assignment in one sentence', () => {
  expect(summaryOf(draft({}), preview, undefined)).toBe(
    'Every weekday at 9:00 (Europe/Berlin) runs command.backup, then files.write; the result goes to its own chat.',
  );
  const hook = draft({
    trigger: { type: 'event', source: { kind: 'hook', signed: false } },
    work: { type: 'text', text: 'Look at it\nwell' },
  });
  expect(summaryOf(hook, { ...preview, words: 'When its hook is called' }, 'News')).toBe(
    'When its hook is called, tells the assistant “Look at it”; the result goes to “News”.',
  );
});

test('a zone that is said already is not said again', () => {
  const words = 'Every day at 9:00 (Europe/Berlin)';
  expect(summaryOf(draft({}), { ...preview, words }, undefined)).toMatch(
    /^Every day at 9:00 \(Europe\/Berlin\) runs/,
  );
});

test('what is not there yet is left open', () => {
  expect(summaryOf(draft({}), undefined, undefined)).toBeUndefined();
  const empty = draft({ work: { type: 'calls', calls: [call('', '')] } });
  expect(summaryOf(empty, preview, undefined)).toBe('Every weekday at 9:00 (Europe/Berlin) …');
});
