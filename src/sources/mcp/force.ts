import { AppError } from '../../base/errors.ts';
import type { Ending } from '../../task/report.ts';
import type { Task } from '../../task/task.ts';
import type { Tracker } from '../../tracker/tracker.ts';
import type { Caller } from './calls/caller.ts';
import type { FollowedWork } from './calls/followed-work.ts';
import type { ServerSet } from './server-set.ts';

/**
 * Ends the processes of a task's server, and starts it anew. Whatever else runs on it ends too: it must have been
 * named, so that nobody ends what they have not seen.
 * @throws {AppError} `cancel_unsupported` when the processes are not ours, `would_end_others` naming them
 */
export async function endByForce(parts: {
  task: Task;
  work: FollowedWork;
  by: string;
  alsoEnds: readonly string[];
  servers: ServerSet;
  caller: Caller;
  tracker: Tracker;
}): Promise<void> {
  const { task, work, by, alsoEnds, servers, caller, tracker } = parts;
  const name = work.server;
  if (servers.get(name)?.transport !== 'stdio')
    throw new AppError('cancel_unsupported', `“${name}” runs elsewhere; its processes are not ours to end.`);
  const others = caller.running().filter((other) => other.server === name && other !== work);
  const unnamed = others.filter(({ id }) => !alsoEnds.includes(id));
  if (unnamed.length > 0)
    throw new AppError(
      'would_end_others',
      `Ending “${name}” would also end ${others.map(({ title }) => `“${title}”`).join(', ')}.`,
      { others: others.map(({ id, title }) => ({ id, title })) },
    );
  const verdict = await tracker.note({ type: 'cancel_requested', taskId: task.id, by });
  if (!verdict.ok) throw new AppError('already_ended', `“${task.title}” has already ended.`);
  work.endAs({
    status: 'cancelled',
    cancelAnswer: 'stopped',
    statusMessage: `Ended by force, together with the processes of “${name}”. Nothing of it is left.`,
  });
  for (const other of others) other.endAs(endedAlong(name, task.title));
  await servers.restart(name);
}

const endedAlong = (server: string, title: string): Ending => ({
  status: 'failed',
  failure: {
    reason: 'server_exited',
    message: `“${server}” was ended to stop “${title}”, which ran on it too.`,
  },
});
