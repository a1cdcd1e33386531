import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Message, ServerView } from '../../src/store/records.ts';
import type { Task } from '../../src/task/task.ts';
import type { CallAnswer } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { ROOT, testHost } from '../support/test-host.ts';

/*
 * Anything that a server may write, between calls whose true end is known: each ends as it truly did, and nothing else
 * ends, begins or is delivered. FUZZ_SEED and FUZZ_FRAMES say otherwise what is tried.
 */

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_123);
const FRAMES = Number(process.env.FUZZ_FRAMES ?? 100_000);
const FRAMES_PER_ROUND = 2_500;
const MOST_MEGABYTES = 500;

describe.each(['legacy', 'modern'])(`${FRAMES / 2} frames from a %s server, seed ${SEED}`, (era) => {
  test('no crash, no hang, no wrong end', async () => {
    const args = [join(ROOT, 'test/fixtures/noisy-server.ts'), era, String(SEED)];
    const { api } = await testHost({
      lab: { command: process.execPath, args, meanwhile: { maxConcurrent: 50 } },
    });
    await eventually(
      async () => (await api.get<ServerView>('/api/servers/lab')).body.state === 'ready',
      20_000,
    );
    const begun = new Set<string>();
    const call = async (tool: string, args: object = {}) => {
      const { status, body } = await api.post<CallAnswer>(`/api/servers/lab/tools/${tool}`, {
        arguments: args,
      });
      expect(status, JSON.stringify(body)).toBe(200);
      if (body.taskId !== undefined) begun.add(body.taskId);
      return body;
    };
    const task = async (id: string) => (await api.get<Task>(`/api/tasks/${id}`)).body;
    const ended = (id: string) =>
      eventually(async () => {
        const now = await task(id);
        return now.endedAt !== undefined && now;
      }, 20_000);
    /** How a call ended, whether it has become a task on the way or not. */
    const endOf = async ({ taskId, result, failure }: CallAnswer) => {
      if (taskId === undefined) {
        const [first] = (result?.content as { content: { text: string }[] } | undefined)?.content ?? [];
        return {
          status: result?.isError === false ? 'completed' : 'failed',
          text: first?.text,
          reason: failure?.reason,
        };
      }
      const { status, result: kept, failure: why } = await ended(taskId);
      return { status, text: kept?.preview, reason: why?.reason };
    };

    const megabytes = () => process.memoryUsage().rss / 1024 / 1024;
    const before = megabytes();
    for (let frames = 0, round = 0; frames < FRAMES / 2; frames += FRAMES_PER_ROUND, round++) {
      const text = `round ${round}`;
      const noise = call('noise', { frames: FRAMES_PER_ROUND });
      const held = (await call('hold')).taskId!;
      const [echo, fail] = await Promise.all([call('echo', { text }), call('fail', { text })]);
      expect(await endOf(echo)).toEqual({ status: 'completed', text, reason: undefined });
      expect(await endOf(fail)).toEqual({ status: 'failed', text, reason: 'tool_error' });
      expect(await task(held)).toMatchObject({ status: expect.stringMatching(/working|input_required/) });
      expect((await api.post(`/api/tasks/${held}/cancel`)).status).toBe(202);
      expect(await ended(held)).toMatchObject({ status: 'cancelled', cancel: { answer: 'stopped' } });
      expect(await endOf(await noise)).toMatchObject({
        status: 'completed',
        text: `made ${FRAMES_PER_ROUND}`,
      });
    }
    if (era === 'legacy') {
      const handedBack = await call('task');
      expect(await endOf(handedBack)).toMatchObject({
        status: 'completed',
        text: expect.stringContaining('result of'),
      });
    }
    expect(megabytes() - before).toBeLessThan(MOST_MEGABYTES);

    const { body } = await api.get<{ tasks: Task[] }>('/api/tasks?limit=200');
    expect(new Set(body.tasks.map(({ id }) => id))).toEqual(begun);
    await eventually(async () => {
      const tasks = await Promise.all([...begun].map(task));
      return tasks.every(({ delivery }) => delivery.state === 'delivered');
    });
    const { sessionId } = body.tasks[0]!;
    const page = await api.get<{ messages: Message[] }>(`/api/sessions/${sessionId}/messages?limit=200`);
    const told = page.body.messages.flatMap(({ taskId }) => (taskId === undefined ? [] : [taskId]));
    expect(told.toSorted()).toEqual([...begun].toSorted());
  }, 120_000);
});
