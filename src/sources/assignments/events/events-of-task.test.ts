import { expect, test } from 'vitest';
import type { EventSource } from '../../../assignment/assignment.ts';
import type { Task } from '../../../task/task.ts';
import { eventOfTask, wantsTask } from './events-of-task.ts';

const task: Task = {
  id: 'task_1',
  seq: 1,
  title: 'Clone',
  source: { type: 'mcp', server: 'git', tool: 'clone' },
  status: 'failed',
  cancel: { support: 'none' },
  createdAt: '2026-11-26T10:00:00.000Z',
  startedAt: '2026-11-26T10:00:00.000Z',
  aliveAt: '2026-11-26T10:00:00.000Z',
  endedAt: '2026-11-26T10:05:00.000Z',
  failure: { reason: 'tool_error', message: 'no such repository' },
  delivery: { state: 'none' },
};

test('the end of a task is one event, and its correction another', () => {
  const { endedAt: _endedAt, ...active } = task;
  expect(eventOfTask({ ...active, status: 'working' })).toBeUndefined();
  expect(eventOfTask(task)).toEqual({
    id: 'task_1.failed',
    type: 'task.ended',
    at: '2026-11-26T10:05:00.000Z',
    data: {
      taskId: 'task_1',
      title: 'Clone',
      status: 'failed',
      server: 'git',
      tool: 'clone',
      reason: 'tool_error',
      failure: 'no such repository',
    },
  });
  expect(eventOfTask({ ...task, status: 'completed' })?.id).toBe('task_1.completed');
});

test.each<[Partial<Extract<EventSource, { kind: 'task' }>>, boolean]>([
  [{}, true],
  [{ statuses: ['completed', 'lost'] }, false],
  [{ server: 'git' }, true],
  [{ server: 'files' }, false],
  [{ server: 'git', tool: 'clone' }, true],
  [{ tool: 'fetch' }, false],
])('a trigger with %j: %s', (source, wanted) => {
  expect(wantsTask({ kind: 'task', statuses: ['failed'], ...source }, task)).toBe(wanted);
});
