import { expect, test } from 'vitest';
import type { Question } from '../../../task/task.ts';
import { sampleTask } from '../test/sample-task.ts';
import { answerCommand, newQuestions, questionLines } from './question-lines.ts';

const plain = (text: string) => text;
const question = (more: Partial<Question>): Question => ({
  key: 'q1',
  mode: 'form',
  message: 'Delete\n12 snapshots?',
  askedAt: '2026-03-01T12:00:00.000Z',
  ...more,
});
const asking = (...input: Question[]) => sampleTask({ status: 'input_required', input });

test('a question says who asks, what for each field is expected, and how to answer', () => {
  const one = question({
    sharedBy: 2,
    schema: {
      properties: {
        sure: { type: 'boolean', title: 'Are you sure?', description: 'For good' },
        keep: { type: 'integer', minimum: 0, default: 2 },
      },
      required: ['sure'],
    },
  });
  expect(questionLines(asking(one), one, plain)).toEqual([
    '? command asks: Delete 12 snapshots?',
    '  command does not say for which of its 2 calls it asks.',
    '  sure (required; yes or no) Are you sure?: For good',
    '  keep (a whole number of at least 0; else 2)',
    '  Answer with: meanwhile answer abcdef sure=…',
  ]);
});

test('of several questions the command names one, by what a shell can take', () => {
  const odd = question({ key: 'a $(b)' });
  const task = asking(question({}), odd, question({ key: 'page', mode: 'url', url: 'https://example.org' }));
  expect(task.input!.map((each) => answerCommand(task, each))).toEqual([
    "meanwhile answer abcdef q1 '{}'",
    "meanwhile answer abcdef 2 '{}'",
    'meanwhile answer abcdef page --done',
  ]);
});

test('a question is new once, also when its key is asked again', () => {
  const first = question({});
  const again = question({ askedAt: '2026-03-01T12:01:00.000Z' });
  expect(newQuestions(undefined, asking(first))).toEqual([first]);
  expect(newQuestions(asking(first), asking(first))).toEqual([]);
  expect(newQuestions(asking(first), asking(again))).toEqual([again]);
  expect(newQuestions(asking(first), sampleTask())).toEqual([]);
});
