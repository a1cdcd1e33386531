import { AppError } from '../base/errors.ts';
import type { Logger } from '../base/log.ts';
import type { Delivery } from '../chat/delivery.ts';
import type { Assignments } from '../sources/assignments/assignments.ts';
import type { Assistant } from '../sources/assistant/assistant.ts';
import type { McpHub } from '../sources/mcp/hub.ts';
import type { Source } from '../sources/source.ts';
import type { Estate, HostRequest, Store } from '../store/ports.ts';
import type { Tracker } from '../tracker/tracker.ts';

interface Approval {
  readonly sessionId: string;
  readonly messageId: string;
  readonly callId: string;
  readonly answer: Parameters<Assistant['approve']>[3];
}

type Asking = Pick<Source, 'cancel' | 'answer' | 'stopWaiting'>;

/**
 * What the other hosts on the same database mean for this one: it takes over from those that are gone, lets go of what
 * others took over while it was taken for gone itself, and does with its own work what they are asked to do with it.
 */
export function followFellowHosts(parts: {
  store: Store;
  tracker: Tracker;
  hub: Pick<McpHub, 'loseWorkElsewhere'>;
  assignments: Pick<Assignments, 'takeOver' | 'letGo'>;
  assistant: Pick<Assistant, 'takeOver' | 'letGo' | 'stop' | 'approve'>;
  delivery: Pick<Delivery, 'takeUp'>;
  source: Asking;
  log: Logger;
}): void {
  const { store, tracker, hub, assignments, assistant, delivery, source, log } = parts;
  store.hosts?.open({
    async gone(estate: Estate, host) {
      const { runs, tasks, calls } = estate;
      log.warn(
        { host, runs: runs.length, tasks: tasks.length, calls: calls.length },
        'took over from a host that is gone',
      );
      // Runs are gone on with once it is known what became of their calls: nothing.
      await hub.loseWorkElsewhere(estate);
      delivery.takeUp(estate.undelivered);
      await assistant.takeOver(host);
      await assignments.takeOver(estate);
    },
    async lapsed() {
      log.warn({}, 'this host showed no sign of life for a while, and others have taken over from it');
      assignments.letGo();
      assistant.letGo();
      await tracker.refresh();
    },
    asked: (request) => perform(source, assistant, request),
  });
}

/** Asks the host that works on a task, as a view would ask its source. */
export function askFellowHost(store: Pick<Store, 'hosts'>, host: string): Asking {
  const ask = async (what: string, taskId: string, given: unknown) => {
    if (store.hosts === undefined)
      throw new AppError('server_unavailable', 'Another host works on this, and it is not to be reached.');
    await store.hosts.ask(host, { what, body: { taskId, given } });
  };
  return {
    cancel: (taskId, options) => ask('cancel', taskId, options),
    answer: (taskId, answer) => ask('answer', taskId, answer),
    stopWaiting: (taskId, by) => ask('stopWaiting', taskId, by),
  };
}

/** What another host asks for has been checked by its API: the same program, with the same rules. */
async function perform(
  source: Asking,
  assistant: Pick<Assistant, 'stop' | 'approve'>,
  { what, body }: HostRequest,
): Promise<void> {
  if (what === 'stop turn') return void (await assistant.stop((body as { sessionId: string }).sessionId));
  if (what === 'approve') {
    const { sessionId, messageId, callId, answer } = body as Approval;
    return void (await assistant.approve(sessionId, messageId, callId, answer));
  }
  const { taskId, given } = body as { taskId: string; given: never };
  if (what === 'cancel') return source.cancel(taskId, given);
  if (what === 'answer') return source.answer(taskId, given);
  if (what === 'stopWaiting') return source.stopWaiting(taskId, given);
  throw new AppError('invalid_request', `This host does not know what “${what}” is.`);
}
