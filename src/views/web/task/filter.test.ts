import { expect, test } from 'vitest';
import { exampleTask } from './example-task.ts';
import { filterQuery, matchesFilter } from './filter.ts';

const task = exampleTask({
  title: 'Train tagger, corpus v3',
  source: { type: 'mcp', server: 'command', tool: 'run', args: { command: 'python train.py' } },
});

test.each([
  [{}, true],
  [{ q: 'TAG corp' }, true],
  [{ q: 'python' }, true],
  [{ q: 'agger' }, false],
  [{ q: 'tagger missing' }, false],
  [{ status: ['working' as const] }, true],
  [{ status: ['failed' as const] }, false],
  [{ status: [] }, true],
  [{ server: 'command' }, true],
  [{ server: 'git' }, false],
])('%j is matched: %s', (filter, matched) => expect(matchesFilter(task, filter)).toBe(matched));

test('the filter as a query', () => {
  expect(filterQuery({ q: ' a b ', status: ['failed', 'lost'], server: 'git' })).toBe(
    'q=a+b&status=failed%2Clost&server=git',
  );
  expect(filterQuery({})).toBe('');
});
