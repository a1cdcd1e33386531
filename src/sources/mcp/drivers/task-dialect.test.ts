import { describe, expect, test } from 'vitest';
import { expiryOf, type TaskState, v1, v2 } from './task-dialect.ts';

const state = (more: Partial<TaskState>): TaskState => ({ taskId: 't', status: 'working', ...more });

describe('what is a task', () => {
  test.each([
    undefined,
    null,
    'task',
    7,
    [],
    {},
    { taskId: 't' },
    { status: 'working' },
    { taskId: '', status: 'working' },
    { taskId: 7, status: 'working' },
    { taskId: 't', status: 'done' },
    { taskId: 'x'.repeat(2_000), status: 'working' },
  ])('%j is none', (raw) => {
    expect(v1.read(raw)).toBeUndefined();
    expect(v2.read(raw)).toBeUndefined();
  });

  test('odd fields beside the id and the status harm nothing', () => {
    const raw = { taskId: 't', status: 'working', statusMessage: 7, createdAt: null, extra: {} };
    expect(v1.read({ ...raw, ttl: 'long', pollInterval: -1 })).toEqual({ taskId: 't', status: 'working' });
    expect(v2.read({ ...raw, ttlMs: Number.NaN, pollIntervalMs: '1', inputRequests: [] })).toEqual({
      taskId: 't',
      status: 'working',
    });
  });

  test('both generations are told in the same words', () => {
    expect(v1.read({ taskId: 't', status: 'working', ttl: 5, pollInterval: 6 })).toEqual(
      state({ ttlMs: 5, pollMs: 6 }),
    );
    expect(v2.read({ taskId: 't', status: 'working', ttlMs: 5, pollIntervalMs: 6 })).toEqual(
      state({ ttlMs: 5, pollMs: 6 }),
    );
  });
});

describe('how a task ended', () => {
  test('2026-07-28: its result, an error of the tool, an error of the protocol', () => {
    const words = { content: [{ type: 'text', text: 'done' }] };
    expect(v2.ending(state({ status: 'completed', result: words }), false)).toMatchObject({
      status: 'completed',
      preview: 'done',
    });
    expect(
      v2.ending(state({ status: 'completed', result: { ...words, isError: true } }), false),
    ).toMatchObject({
      status: 'failed',
      failure: { reason: 'tool_error' },
    });
    expect(
      v2.ending(state({ status: 'failed', error: { code: -32603, message: 'boom' } }), false),
    ).toMatchObject({ failure: { reason: 'protocol_error', code: -32603, message: 'boom' } });
    expect(v2.ending(state({ status: 'failed', statusMessage: 'no disk' }), false)).toMatchObject({
      failure: { message: 'no disk' },
    });
  });
  test('2025-11-25: a task that failed is no success, whatever its result says', () => {
    const failed = state({ status: 'failed', statusMessage: 'no disk' });
    expect(v1.refine({ status: 'completed', preview: 'half' }, failed)).toMatchObject({
      status: 'failed',
      preview: 'half',
      failure: { reason: 'protocol_error', message: 'no disk' },
    });
    const toolError = { status: 'failed', failure: { reason: 'tool_error', message: 'x' } } as const;
    expect(v1.refine(toolError, failed)).toBe(toolError);
  });
});

describe('when a task may be forgotten', () => {
  test.each<[Partial<TaskState>, number | undefined]>([
    [{}, undefined],
    [{ ttlMs: null }, undefined],
    [{ ttlMs: 60_000 }, 61_000],
    [{ ttlMs: 60_000, createdAt: '2026-01-01T00:00:00Z', lastUpdatedAt: '2026-01-01T00:00:20Z' }, 41_000],
    [{ ttlMs: 60_000, createdAt: 'yesterday', lastUpdatedAt: 'today' }, 61_000],
    // The clocks of servers are not ours: only the distance between two of theirs counts.
    [{ ttlMs: 60_000, createdAt: '2026-01-01T00:00:20Z', lastUpdatedAt: '2026-01-01T00:00:00Z' }, 61_000],
  ])('%j', (more, expiresAt) => {
    expect(expiryOf(state(more), 1_000)).toEqual({ expiresAt });
  });
});
