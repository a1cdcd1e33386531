import { expect, test } from 'vitest';
import { sampleTask } from '../test/sample-task.ts';
import { fitsFilter, type TaskFilter } from './task-filter.ts';

test.each<[TaskFilter, boolean]>([
  [{}, true],
  [{ statuses: ['working', 'failed'] }, true],
  [{ statuses: ['failed'] }, false],
  [{ session: 'sess_1', server: 'command' }, true],
  [{ session: 'sess_2' }, false],
  [{ server: 'git' }, false],
  [{ words: 'phot BACK' }, true],
  [{ words: 'rsync' }, true],
  [{ words: 'hotos' }, false],
  [{ words: 'photos git' }, false],
])('%j', (filter, fits) => expect(fitsFilter(sampleTask(), filter)).toBe(fits));
