import type { Task } from '../../../task/task.ts';

export const SAMPLE_TIME = Date.parse('2026-03-01T12:00:00.000Z');

/** A running task that began a minute before SAMPLE_TIME, with whatever differs. */
export function sampleTask(change: Partial<Task> = {}): Task {
  const began = new Date(SAMPLE_TIME - 60_000).toISOString();
  return {
    id: 'task_01k8zz0000000000000abcdef',
    seq: 1,
    title: 'Back up the photos',
    source: { type: 'mcp', server: 'command', tool: 'run', args: { command: 'rsync' } },
    sessionId: 'sess_1',
    status: 'working',
    cancel: { support: 'confirmed' },
    createdAt: began,
    startedAt: began,
    aliveAt: new Date(SAMPLE_TIME - 1_000).toISOString(),
    delivery: { state: 'none' },
    ...change,
  };
}
