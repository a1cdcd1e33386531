import type { EventSource } from '../../../assignment/assignment.ts';
import type { AcceptedEvent } from '../../../assignment/run.ts';
import type { Task } from '../../../task/task.ts';

type TaskSource = Extract<EventSource, { kind: 'task' }>;

/**
 * The end of a task as an event; undefined while it goes on. An end that is corrected later is another event.
 * @param chain ids of the assignments whose runs led to it, the first cause first
 */
export function eventOfTask(task: Task, chain: readonly string[] = []): AcceptedEvent | undefined {
  const { id, title, status, endedAt, source, sessionId, result, failure, statusMessage } = task;
  if (endedAt === undefined) return undefined;
  return {
    id: `${id}.${status}`,
    type: 'task.ended',
    at: endedAt,
    data: {
      taskId: id,
      title,
      status,
      ...(source.server !== undefined && { server: source.server }),
      ...(source.tool !== undefined && { tool: source.tool }),
      ...(source.assignmentId !== undefined && { assignmentId: source.assignmentId }),
      ...(chain.length > 0 && { chain }),
      ...(sessionId !== undefined && { sessionId }),
      ...(statusMessage !== undefined && { statusMessage }),
      ...(result !== undefined && { preview: result.preview }),
      ...(failure !== undefined && { reason: failure.reason, failure: failure.message }),
    },
  };
}

/** Whether a trigger wants to hear of the end of this task. */
export function wantsTask({ statuses, server, tool }: TaskSource, { status, source }: Task): boolean {
  return (
    (statuses as readonly string[]).includes(status) &&
    (server === undefined || server === source.server) &&
    (tool === undefined || tool === source.tool)
  );
}

/** The assignments whose runs led to a run that was fired by such events. */
export const chainOf = (events: readonly AcceptedEvent[]): readonly string[] => [
  ...new Set(
    events.flatMap(({ data: { chain } }) =>
      Array.isArray(chain) ? chain.filter((id) => typeof id === 'string') : [],
    ),
  ),
];
