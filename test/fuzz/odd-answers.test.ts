import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ServerView } from '../../src/store/records.ts';
import type { Task } from '../../src/task/task.ts';
import type { CallAnswer } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { type Api, atEndOfFile, ROOT, testHost } from '../support/test-host.ts';
import { BROKEN_ANSWERS, BROKEN_TASKS, ODD_ANSWERS } from './odd-answers.ts';

/* What a server answers to a call of ours, in every shape that is none: each ends the call, and none as a success. */

const ERAS = ['legacy', 'modern'] as const;
const atEnd = atEndOfFile();
let api: Api;

beforeAll(async () => {
  const noisy = (era: string) => ({
    command: process.execPath,
    args: [join(ROOT, 'test/fixtures/noisy-server.ts'), era],
    meanwhile: { idleTimeoutMs: 8_000 },
  });
  ({ api } = await testHost(Object.fromEntries(ERAS.map((era) => [era, noisy(era)])), { atEnd }));
  for (const era of ERAS)
    await eventually(
      async () => (await api.get<ServerView>(`/api/servers/${era}`)).body.state === 'ready',
      15_000,
    );
});

/** How a call ended, whether it has become a task on the way or not. */
async function endOf(era: string, tool: string, what: string) {
  const { body } = await api.post<CallAnswer>(`/api/servers/${era}/tools/${tool}`, { arguments: { what } });
  if (body.taskId === undefined)
    return { status: body.failure === undefined ? 'completed' : 'failed', reason: body.failure?.reason };
  const task = await eventually(async () => {
    const { body: now } = await api.get<Task>(`/api/tasks/${body.taskId}`);
    return now.endedAt !== undefined && now;
  });
  return { status: task.status, reason: task.failure?.reason };
}

describe.each(ERAS)('%s', (era) => {
  test.each(Object.keys(BROKEN_ANSWERS))('%s', async (what) => {
    expect(await endOf(era, 'odd', what)).toEqual({ status: 'failed', reason: 'protocol_error' });
  });
  test.each(Object.keys(ODD_ANSWERS))('odd and yet an answer: %s', async (what) => {
    expect(await endOf(era, 'odd', what)).toEqual({ status: 'completed', reason: undefined });
  });
});

test.each(Object.keys(BROKEN_TASKS))('where a task was asked for: %s', async (what) => {
  expect(await endOf('legacy', 'odd_task', what)).toEqual({ status: 'failed', reason: 'protocol_error' });
});
