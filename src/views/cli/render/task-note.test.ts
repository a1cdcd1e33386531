import { expect, test } from 'vitest';
import type { Task } from '../../../task/task.ts';
import { SAMPLE_TIME, sampleTask } from '../test/sample-task.ts';
import { statusLook } from './status-look.ts';
import { taskNote } from './task-note.ts';

const requestedAt = new Date(SAMPLE_TIME - 4_000).toISOString();
const asked = (more: Partial<Task['cancel']>, rest: Partial<Task> = {}) =>
  sampleTask({ cancel: { support: 'request', requestedAt, ...more }, ...rest });
const question = { key: 'a', mode: 'form', message: 'Which?', askedAt: requestedAt } as const;

test.each<[Task, string, string]>([
  [asked({}), 'stopping', 'asked to stop 4 s ago'],
  [asked({ answer: 'acknowledged' }), 'stopping', 'asked to stop 4 s ago; the server has heard it'],
  [asked({ answer: 'ignored', note: 'x' }), 'running', 'goes on although it was asked to stop'],
  [
    asked({ answer: 'ignored' }, { status: 'completed' }),
    'completed',
    'completed although it was asked to stop',
  ],
  [asked({ answer: 'stopped' }, { status: 'cancelled' }), 'cancelled', 'the server confirmed it'],
  [asked({ answer: 'assumed' }, { status: 'cancelled' }), 'cancelled', 'the server did not confirm it'],
  [asked({}, { status: 'cancelled', statusMessage: 'Own words.' }), 'cancelled', 'Own words.'],
  [sampleTask({ status: 'lost' }), 'lost', 'how it ended is not known'],
  [sampleTask({ status: 'input_required', input: [question] }), 'needs you', 'Which?'],
  [
    asked({}, { status: 'input_required', input: [question, { ...question, key: 'b' }] }),
    'needs you',
    'Which? (and 1 more)',
  ],
])('%#', (task, word, note) => {
  expect([statusLook(task).word, taskNote(task, SAMPLE_TIME)]).toEqual([word, note]);
});

test('lost contact is said with its time', () => {
  const away = asked({}, { contactLost: { since: requestedAt, note: '' } });
  expect(statusLook(away).word).toBe('no contact');
  expect(taskNote(away, SAMPLE_TIME)).toMatch(/^no contact since \d\d:\d\d; looking for it$/);
});
