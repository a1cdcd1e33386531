import { type Clock, isoNow } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import type { Logger } from '../base/log.ts';
import type { Change, Store, Unnumbered } from '../store/ports.ts';
import type { Message } from '../store/records.ts';
import type { Task } from '../task/task.ts';

const AT_ONCE = 16;
const PAGE = 200;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;

/** Notes the delivery on the task, in the same commit as the message that is handed in. */
export type NoteDelivery = (
  outcome:
    | {
        readonly type: 'delivered';
        readonly taskId: string;
        readonly messageId: string;
        readonly message?: Unnumbered<Message>;
      }
    | { readonly type: 'undeliverable'; readonly taskId: string; readonly error: string },
) => Promise<void>;

/** The outbox: every ended task whose delivery is pending gets its one message, also after a crash. */
export interface Delivery {
  /** Delivers what earlier runs left, then follows the commits. Settles when nothing is left over. */
  open(): Promise<void>;
  /** Delivers what another host has left; it belongs to us now. */
  takeUp(tasks: readonly Task[]): void;
  close(): Promise<void>;
}

export function createDelivery(parts: {
  store: Store;
  clock: Clock;
  log: Logger;
  note: NoteDelivery;
}): Delivery {
  const { store, clock, log, note } = parts;
  const waiting = new Map<string, Task>();
  const running = new Set<Promise<void>>();
  let undo: (() => void) | undefined;
  const pausing = new Set<() => void>();
  let closed = false;

  function onCommit(changes: readonly Change[]) {
    for (const change of changes) if (change.type === 'task' && isDue(change.task)) enqueue(change.task);
  }

  function enqueue(task: Task) {
    waiting.set(task.id, task);
    work();
  }

  function work() {
    for (const [id, task] of waiting) {
      if (running.size >= AT_ONCE) return;
      waiting.delete(id);
      const run: Promise<void> = deliverUntilDone(task).finally(() => {
        running.delete(run);
        work();
      });
      running.add(run);
    }
  }

  async function deliverUntilDone(task: Task): Promise<void> {
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        return await deliver(task);
      } catch (error) {
        if (closed || (error instanceof AppError && error.code === 'shutting_down')) return;
        log.warn({ err: error, task: task.id, retryInMs: waitMs }, 'could not deliver; trying again');
        await pause(waitMs);
      }
    }
  }

  /** Cut short by closing. */
  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        callOff();
        pausing.delete(wake);
        resolve();
      };
      const callOff = clock.after(ms, wake);
      pausing.add(wake);
    });
  }

  async function deliver(task: Task): Promise<void> {
    const session = task.sessionId === undefined ? undefined : await store.sessions.get(task.sessionId);
    if (session === undefined || session.deletedAt !== undefined)
      return note({ type: 'undeliverable', taskId: task.id, error: 'Its chat has been deleted.' });
    const already = await store.messages.deliveryOf(task.id);
    const message = deliveryMessage(task, session.id, isoNow(clock), already);
    return note({ type: 'delivered', taskId: task.id, messageId: message.id, message });
  }

  return {
    async open() {
      undo = store.writer.onCommit(onCommit);
      for (;;) {
        const left = await store.tasks.undelivered(PAGE);
        for (const task of left) enqueue(task);
        while (running.size > 0) await Promise.all(running);
        if (left.length < PAGE) return;
      }
    },
    takeUp(tasks) {
      for (const task of tasks) enqueue(task);
    },
    async close() {
      closed = true; // what cannot be delivered now is delivered by the next start
      undo?.();
      for (const wake of [...pausing]) wake();
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/**
 * The one message of its session that tells how a task ended; the card is a frozen copy of the marker. When the
 * true end of lost work turns up, the same message tells it.
 */
export function deliveryMessage(
  task: Task,
  sessionId: string,
  now: string,
  already?: Message,
): Unnumbered<Message> {
  const id = already?.id ?? newId('msg');
  return {
    id,
    sessionId,
    role: 'assistant',
    parts: [
      { type: 'task', task: { ...task, delivery: { state: 'delivered', messageId: id, deliveredAt: now } } },
    ],
    taskId: task.id,
    createdAt: already?.createdAt ?? now,
  };
}

const isDue = (task: Task): boolean => task.delivery.state === 'pending' && task.endedAt !== undefined;
