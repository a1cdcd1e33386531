import { newId } from '../../src/base/ids.ts';
import type { Unnumbered } from '../../src/store/ports.ts';
import type { Session } from '../../src/store/records.ts';
import type { Answer, Task } from '../../src/task/task.ts';
import type { Visit } from './browser-host.ts';

type Marker = Unnumbered<Task>;

/** A task that stands in the store of a real host without anybody who works on it: the page cannot tell. */
export interface StagedTask {
  readonly id: string;
  readonly sessionId: string;
  change(more: Partial<Marker>): Promise<void>;
}

/** Puts a task into a chat of its own, at the place of the call that became it. */
export async function stageTask(
  { host, api }: Pick<Visit, 'host' | 'api'>,
  more: Partial<Marker>,
): Promise<StagedTask> {
  const { id: sessionId } = (await api.post<Session>('/api/sessions', { title: 'Paint the house' })).body;
  const at = new Date().toISOString();
  let task: Marker = {
    id: newId('task'),
    title: 'Paint the house',
    source: { type: 'mcp', server: 'painter', tool: 'paint', args: { house: 'the red one' } },
    sessionId,
    status: 'working',
    cancel: { support: 'confirmed' },
    createdAt: at,
    startedAt: at,
    aliveAt: at,
    delivery: { state: 'pending' },
    ...more,
  };
  const call = {
    type: 'call',
    callId: newId('call'),
    server: 'painter',
    tool: 'paint',
    arguments: { house: 'the red one' },
    state: 'task',
    startedAt: at,
    taskId: task.id,
  } as const;
  const message = { id: newId('msg'), sessionId, role: 'user', parts: [call], createdAt: at } as const;
  await host.store.writer.commit(
    [
      { type: 'task', task },
      { type: 'message', message },
    ],
    'durable',
  );
  return {
    id: task.id,
    sessionId,
    async change(change) {
      task = { ...task, ...change };
      await host.store.writer.commit([{ type: 'task', task }], 'durable');
    },
  };
}

/**
 * Takes the answers that the page gives to a staged task, and takes the question away as a source would.
 * @returns what was answered, in order
 */
export async function takeAnswers({ page, host }: Visit, task: StagedTask): Promise<readonly Answer[]> {
  const given: Answer[] = [];
  await page.route(`**/api/tasks/${task.id}/input`, async (route) => {
    const answer = route.request().postDataJSON() as Answer;
    given.push(answer);
    const left = ((await host.store.tasks.get(task.id))?.input ?? []).filter(({ key }) => key !== answer.key);
    await task.change(
      left.length > 0 ? { input: left } : ({ status: 'working', input: undefined } as Partial<Marker>),
    );
    await route.fulfill({ status: 202, json: await host.store.tasks.get(task.id) });
  });
  return given;
}
