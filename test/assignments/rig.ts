import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Assignment } from '../../src/assignment/assignment.ts';
import type { AssignmentDraft } from '../../src/assignment/draft.ts';
import type { Run } from '../../src/assignment/run.ts';
import type { ServerEntry } from '../../src/sources/server-entry.ts';
import type { Message } from '../../src/store/records.ts';
import type { Task } from '../../src/task/task.ts';
import type {
  AssignmentMade,
  MessagePage,
  RunPage,
  ServerList,
  TaskPage,
} from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { type Api, ROOT } from '../support/test-host.ts';

/* What tests of assignments ask of a host over its API. */

/** The files server, watching a folder whose state outlives it. */
export function filesServer(folder: string, state: string): ServerEntry {
  mkdirSync(folder, { recursive: true });
  mkdirSync(state, { recursive: true });
  return {
    command: process.execPath,
    args: [
      join(ROOT, 'servers/files/main.ts'),
      ...['--folder', folder, '--watch', folder, '--settle-ms', '50', '--state', state],
    ],
  };
}

/** The resource in which the files server tells what happened in a folder. */
export const changesOf = (folder: string): string => `files-changes://${folder}`;

/** A call of the command server as the work of an assignment. */
export const runs = (...commands: string[]): AssignmentDraft['work'] => ({
  type: 'calls',
  calls: commands.map((command) => ({ server: 'command', tool: 'run', arguments: { command } })),
});

/** Never by itself, within the life of a test. */
export const yearly: AssignmentDraft['trigger'] = { type: 'timer', text: 'every 1 January at 9:00' };

export type Asking = ReturnType<typeof asking>;

export function asking(api: Api) {
  const assignment = async (id: string) => (await api.get<Assignment>(`/api/assignments/${id}`)).body;
  const runsOf = async (id: string): Promise<Run[]> =>
    (await api.get<RunPage>(`/api/assignments/${id}/runs?limit=200`)).body.runs as Run[];
  return {
    assignment,
    runsOf,
    async ready() {
      await eventually(async () => {
        const { body } = await api.get<ServerList>('/api/servers');
        return body.servers.every(({ state }) => state === 'ready' || state === 'off');
      });
    },
    async make(draft: AssignmentDraft): Promise<AssignmentMade & { assignment: Assignment }> {
      const answer = await api.post<AssignmentMade>('/api/assignments', draft);
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      return answer.body as AssignmentMade & { assignment: Assignment };
    },
    /** Settles when it has so many runs and all of them have ended; the newest first. */
    ended: (id: string, count = 1) =>
      eventually(async () => {
        const found = await runsOf(id);
        return found.length >= count && found.every(({ endedAt }) => endedAt !== undefined) && found;
      }, 20_000),
    task: async (id = '') => (await api.get<Task>(`/api/tasks/${id}`)).body,
    async tasks(): Promise<Task[]> {
      return (await api.get<TaskPage>('/api/tasks?limit=200')).body.tasks as Task[];
    },
    async messages(session: string): Promise<Message[]> {
      const { body } = await api.get<MessagePage>(`/api/sessions/${session}/messages?limit=200`);
      return body.messages as Message[];
    },
    /** The tasks that a session was told the ends of, once each time it was told. */
    async told(session: string): Promise<string[]> {
      return (await this.messages(session)).flatMap(({ taskId }) => taskId ?? []);
    },
  };
}

/** One run of it, one task of the run, and its chat was told of that once. */
export async function isToldOnce(ask: Asking, assignmentId: string): Promise<Run> {
  const found = await ask.ended(assignmentId);
  expect(found).toHaveLength(1);
  const [run] = found as [Run];
  const { sessionId } = await ask.assignment(assignmentId);
  await eventually(async () => (await ask.task(run.taskId)).delivery.state === 'delivered');
  expect(await ask.told(sessionId)).toEqual([run.taskId]);
  const tasks = (await ask.tasks()).filter(({ source }) => source.assignmentId === assignmentId);
  expect(tasks.map(({ id }) => id)).toEqual([run.taskId]);
  return run;
}
