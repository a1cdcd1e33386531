import type { Task } from '../data/types.ts';

/** A working task for tests, with what the test is about put in. */
export function exampleTask(more: Partial<Task>): Task {
  return {
    id: 'task_1',
    seq: 1,
    title: 'Train tagger',
    source: { type: 'mcp', server: 'command', tool: 'run' },
    status: 'working',
    cancel: { support: 'confirmed' },
    createdAt: '2026-11-23T10:00:00.000Z',
    startedAt: '2026-11-23T10:00:00.000Z',
    aliveAt: '2026-11-23T10:00:00.000Z',
    delivery: { state: 'none' },
    ...more,
  };
}
