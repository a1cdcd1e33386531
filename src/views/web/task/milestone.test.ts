import { expect, test } from 'vitest';
import { exampleTask } from './example-task.ts';
import { milestone } from './milestone.ts';

const now = Date.parse('2026-11-23T10:05:00.000Z');
const at = (value: number) => exampleTask({ progress: { value, total: 100 } });

test('start, half and end are told once each', () => {
  expect(milestone(undefined, at(0), now)).toBe('Train tagger: started');
  expect(milestone(at(10), at(49), now)).toBeUndefined();
  expect(milestone(at(49), at(51), now)).toBe('Train tagger: half done');
  expect(milestone(at(51), at(90), now)).toBeUndefined();
  const ended = { ...at(100), status: 'completed' as const, endedAt: '2026-11-23T10:01:00.000Z' };
  expect(milestone(at(99), ended, now)).toBe('Train tagger: completed after 1 min');
  expect(milestone(ended, { ...ended, delivery: { state: 'delivered' } }, now)).toBeUndefined();
});

test('a question is told, and so is the truth about a lost task', () => {
  const asking = (...keys: string[]) => ({
    ...at(1),
    status: 'input_required' as const,
    input: keys.map((key) => ({
      key,
      mode: 'form' as const,
      message: `Which ${key}?\nLong words`,
      askedAt: '2026-11-23T10:04:00.000Z',
    })),
  });
  expect(milestone(at(1), asking('folder'), now)).toBe('Train tagger: needs you. Which folder?');
  expect(milestone(undefined, asking('folder'), now)).toBe('Train tagger: needs you. Which folder?');
  expect(milestone(asking('folder'), asking('folder', 'day'), now)).toBe(
    'Train tagger: needs you. Which day?',
  );
  expect(milestone(asking('folder', 'day'), asking('day'), now)).toBeUndefined();
  const away = { ...at(1), contactLost: { since: '2026-11-23T10:04:00.000Z', note: '' } };
  expect(milestone(at(1), away, now)).toBe('Train tagger: no contact');
  expect(milestone(away, away, now)).toBeUndefined();
  const lost = exampleTask({ status: 'lost', endedAt: '2026-11-23T10:01:00.000Z' });
  expect(milestone(lost, { ...lost, status: 'failed' }, now)).toBe('Train tagger: failed after 1 min');
});
