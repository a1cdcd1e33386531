import { join } from 'node:path';
import { expect } from 'vitest';
import type { ServerEntry } from '../../src/sources/server-entry.ts';
import type { ServerView, Session } from '../../src/store/records.ts';
import type { Task } from '../../src/task/task.ts';
import type { CallAnswer } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { type Api, ROOT } from '../support/test-host.ts';

/** A server of `test/fixtures` over stdio, whose calls become tasks at once. */
export const fixture = (file: string, ...args: string[]): ServerEntry => ({
  command: process.execPath,
  args: [join(ROOT, 'test/fixtures', file), ...args],
  meanwhile: { taskAfterMs: 50 },
});

/** Work of real servers, begun over the API as another window would; what is looked at is the page. */
export interface Laboratory {
  readonly sessionId: string;
  /** @returns the id of the task that the call became */
  begin(tool: string, args?: Record<string, unknown>, server?: string): Promise<string>;
  task(id: string): Promise<Task>;
  until(id: string, fits: (task: Task) => boolean, withinMs?: number): Promise<Task>;
}

/** One chat for all of the work, and its servers ready. */
export async function laboratory(api: Api, title: string): Promise<Laboratory> {
  await eventually(async () => {
    const { body } = await api.get<{ servers: ServerView[] }>('/api/servers');
    return body.servers.every(({ state }) => state === 'ready');
  }, 20_000);
  const { id: sessionId } = (await api.post<Session>('/api/sessions', { title })).body;
  const task = async (id: string) => (await api.get<Task>(`/api/tasks/${id}`)).body;
  return {
    sessionId,
    task,
    async begin(tool, args = {}, server = 'lab') {
      const path = `/api/servers/${server}/tools/${tool}`;
      const { body } = await api.post<CallAnswer>(path, { arguments: args, sessionId });
      expect(body.taskId, JSON.stringify(body)).toBeDefined();
      return body.taskId as string;
    },
    until: (id, fits, withinMs) =>
      eventually(async () => {
        const now = await task(id);
        return fits(now) && now;
      }, withinMs),
  };
}

export const hasEnded = ({ endedAt }: Task): boolean => endedAt !== undefined;
export const asks = ({ status }: Task): boolean => status === 'input_required';
