import { endTree } from '../../../process-tree/end.ts';
import { isSame } from '../../../process-tree/identity.ts';
import { type Clock, isoNow } from '../../base/clock.ts';
import type { Logger } from '../../base/log.ts';
import type { Store, Write } from '../../store/ports.ts';
import type { CallPart, Message } from '../../store/records.ts';
import type { Ending } from '../../task/report.ts';
import type { Task } from '../../task/task.ts';
import type { Tracker } from '../../tracker/tracker.ts';
import { SPAWN_COOKIE } from './transport/stdio-group-transport.ts';

const TERM_GRACE_MS = 2_000;

/** Ends every process that a host which was killed left behind, known by pid and start time and by its cookie. */
export async function endLeftProcesses(store: Store, log: Logger): Promise<void> {
  const left = await store.spawns.all();
  await Promise.all(
    left.map(async ({ id, server, pid, startedAt }) => {
      const root = { pid, startedAt };
      const { ended } = await endTree({
        ...(pid > 0 && isSame(root) ? { root } : {}),
        cookie: { name: SPAWN_COOKIE, value: id },
        graceMs: TERM_GRACE_MS,
      });
      if (ended > 0) log.info({ server, ended }, 'ended processes that outlived the last run');
      await store.spawns.remove(id);
    }),
  );
}

/**
 * Accounts for the tasks that a run before this one left active. Work of a server that we started cannot
 * outlive us; work behind an address may have gone on, and nobody can tell.
 */
export async function accountForTasks(
  left: readonly Task[],
  isRemote: (server: string) => boolean,
  tracker: Tracker,
): Promise<void> {
  tracker.adopt(left);
  await Promise.all(
    left.map((task) => {
      const server = task.source.server ?? '';
      return tracker.note({ type: 'ended', taskId: task.id, ending: endingOfStop(server, isRemote(server)) });
    }),
  );
}

/** The same for calls that had not become tasks: their message learns that the end is not known. */
export async function accountForCalls(store: Store, clock: Clock): Promise<void> {
  const open = await store.messages.openCalls();
  const writes = open.map((message): Write => ({ type: 'message', message: closed(message, clock) }));
  if (writes.length > 0) await store.writer.commit(writes, 'durable');
}

/** How work ends when we stop, or were stopped, in the middle of it. */
export const endingOfStop = (server: string, isRemote: boolean): Ending =>
  isRemote ? outOfReach(server) : interrupted();

const interrupted = (): Ending => ({
  status: 'failed',
  failure: {
    reason: 'interrupted',
    message:
      'Meanwhile was stopped in the middle of this. The work could not go on without it; nothing of it is left running.',
  },
});

const outOfReach = (server: string): Ending => ({
  status: 'lost',
  statusMessage: `Meanwhile was stopped in the middle of this. “${server}” may have gone on with the work; its answer can no longer reach us.`,
});

function closed(message: Message, clock: Clock): Message {
  const durationMs = (part: CallPart) => Math.max(0, Date.parse(isoNow(clock)) - Date.parse(part.startedAt));
  return {
    ...message,
    parts: message.parts.map((part) =>
      part.type === 'call' && part.state === 'open'
        ? {
            ...part,
            state: 'failed',
            durationMs: durationMs(part),
            failure: {
              reason: 'interrupted',
              message:
                'Meanwhile was stopped before the answer came. Whether the tool did its work is not known.',
            },
          }
        : part,
    ),
  };
}
