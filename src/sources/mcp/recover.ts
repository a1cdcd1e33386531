import { endTree } from '../../../process-tree/end.ts';
import { isSame } from '../../../process-tree/identity.ts';
import { type Clock, isoNow } from '../../base/clock.ts';
import type { Logger } from '../../base/log.ts';
import type { Store, Write } from '../../store/ports.ts';
import type { Ending } from '../../task/report.ts';
import type { Task } from '../../task/task.ts';
import type { Tracker } from '../../tracker/tracker.ts';
import type { Caller } from './calls/caller.ts';
import { closedCalls } from './closed-calls.ts';
import { readHandle } from './drivers/handles.ts';
import { isLeft } from './left-elsewhere.ts';
import type { ServerSet } from './server-set.ts';
import { SPAWN_COOKIE } from './transport/stdio-group-transport.ts';

const TERM_GRACE_MS = 2_000;
/** Lost work is looked for at each start, for so long. */
const LOST_FOR_GOOD_MS = 7 * 24 * 3_600_000;
const LOOKING = 'Meanwhile was restarted; it looks for this work again.';

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
 * Accounts for the tasks that a run before this one left: what can be found again is followed again, the lost ones
 * too; the rest ends truthfully. Work of a server that we started cannot outlive us; work behind an address may
 * have gone on, and nobody can tell.
 */
export async function takeUpTasks(parts: {
  left: readonly Task[];
  store: Store;
  tracker: Tracker;
  caller: Caller;
  servers: ServerSet;
  isRemote: (server: string) => boolean;
  clock: Clock;
}): Promise<void> {
  const { left, store, tracker, caller, servers, isRemote, clock } = parts;
  tracker.adopt(left);
  const found = new Set<string>();
  for (const { task, handle: kept } of await store.tasks.handles()) {
    const name = task.source.server ?? '';
    const handle = readHandle(kept);
    const entry = servers.entryOf(name);
    const tooOld = clock.now() - Date.parse(task.endedAt ?? isoNow(clock)) > LOST_FOR_GOOD_MS;
    // Nothing is under way at a server that asked since 2026-07-28; of any other that we started nothing is left.
    const endedWithUs = handle?.kind !== 'round' && !isRemote(name);
    if (handle === undefined || entry === undefined || tooOld || endedWithUs) {
      // Other hosts took it for lost; of a server that we started nothing is left, and that is known now.
      if (isLeft(kept) && task.status === 'lost' && !isRemote(name))
        await tracker.note({ type: 'ended', taskId: task.id, ending: interrupted() });
      await tracker.note({ type: 'handled', taskId: task.id, handle: null, durably: true });
      continue;
    }
    found.add(task.id);
    if (task.endedAt === undefined && handle.kind !== 'round')
      await tracker.note({ type: 'contact_lost', taskId: task.id, note: LOOKING });
    caller.resume(task, handle, servers.linkTo(name), entry);
  }
  await Promise.all(
    left
      .filter(({ id }) => !found.has(id))
      .map((task) => {
        const server = task.source.server ?? '';
        const ending = endingOfStop(server, isRemote(server));
        return tracker.note({ type: 'ended', taskId: task.id, ending });
      }),
  );
}

/** The same for calls that had not become tasks: their message learns that the end is not known. */
export async function accountForCalls(store: Store, clock: Clock): Promise<void> {
  const open = await store.messages.openCalls();
  const writes = open.map(
    (message): Write => ({ type: 'message', message: closedCalls(message, isoNow(clock), UNKNOWN) }),
  );
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
  forGood: true,
  statusMessage: `Meanwhile was stopped in the middle of this. “${server}” may have gone on with the work; its answer can no longer reach us.`,
});

const UNKNOWN = {
  reason: 'interrupted',
  message: 'Meanwhile was stopped before the answer came. Whether the tool did its work is not known.',
};
