import { type Clock, isoNow } from '../../base/clock.ts';
import { AppError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import type { Logger } from '../../base/log.ts';
import type { Change, Store, Unnumbered } from '../../store/ports.ts';
import type { Message } from '../../store/records.ts';
import type { Task } from '../../task/task.ts';
import type { FollowUp } from '../assistant-control.ts';

const SCOPE = 'assistant.follow-ups';
const MOST = 20;

/** The id of the message is chosen when the follow-up is made: where that message is there, it has been given. */
interface Kept extends FollowUp {
  readonly sessionId: string;
  readonly messageId: string;
}

/** What is to be said when a task has come so far: once, also after a restart, and never when it was cancelled. */
export interface FollowUps {
  of(taskId: string): readonly FollowUp[];
  /** @throws {AppError} `task_not_found`, `already_ended`, `invalid_request` */
  add(taskId: string, wanted: Pick<FollowUp, 'when' | 'text'>, by: FollowUp['by']): Promise<FollowUp>;
  /** @throws {AppError} `not_found` */
  remove(taskId: string, id: string): Promise<void>;
  open(): Promise<void>;
  heard(changes: readonly Change[]): void;
  close(): void;
}

/**
 * @param say writes a message into its chat, where that is still there
 * @param answered lets the assistant take a turn on it, where none was taken yet; settles when that is over
 */
export function createFollowUps(parts: {
  store: Pick<Store, 'tasks' | 'messages' | 'notes'>;
  clock: Clock;
  log: Logger;
  say: (message: Unnumbered<Message>) => Promise<void>;
  answered: (sessionId: string) => Promise<void>;
}): FollowUps {
  const { store, clock, log, say, answered } = parts;
  const waiting = new Map<string, Kept>();
  const alarms = new Map<string, () => void>();
  let closed = false;

  const ofTask = (taskId: string) => [...waiting.values()].filter((each) => each.taskId === taskId);

  async function forget(id: string) {
    waiting.delete(id);
    alarms.get(id)?.();
    alarms.delete(id);
    await store.notes.remove(SCOPE, id);
  }

  function give(kept: Kept) {
    if (closed || !waiting.delete(kept.id)) return;
    giveNow(kept).catch((error) => {
      if (!closed)
        log.error(
          { err: error, followUp: kept.id },
          'a follow-up could not be given; the next start does it',
        );
    });
  }

  async function giveNow(kept: Kept) {
    if ((await store.messages.get(kept.messageId)) === undefined)
      await say({
        id: kept.messageId,
        sessionId: kept.sessionId,
        role: 'user',
        createdAt: isoNow(clock),
        parts: [
          { type: 'notice', code: 'follow_up', text: `Follow-up on task ${kept.taskId}: ${inWords(kept)}` },
          { type: 'text', text: kept.text },
        ],
      });
    // Until then the note stays: a start after a crash finds the message, and sees whether a turn was taken.
    await answered(kept.sessionId);
    if (!closed) await forget(kept.id);
  }

  /** What a task has come to: a follow-up is given, dropped, or goes on waiting. */
  function judge(kept: Kept, task: Task) {
    const { when } = kept;
    const { delivery, status, progress, endedAt } = task;
    // Not every tool says that it was stopped; what was to be stopped and did not succeed counts as that.
    const stopped = task.cancel.requestedAt !== undefined && endedAt !== undefined && status !== 'completed';
    const dropped = status === 'cancelled' || stopped || delivery.state === 'undeliverable';
    if (dropped || (endedAt !== undefined && when !== 'ended'))
      return void forget(kept.id).catch((error) => log.warn({ err: error }, 'a follow-up was not dropped'));
    if (when === 'ended' && endedAt !== undefined && delivery.state !== 'pending') give(kept); // after its card
    if (typeof when === 'object' && percentOf(progress) >= when.progress) give(kept);
    if (when === 'slower_than_usual' && !alarms.has(kept.id) && task.expected !== undefined) {
      const dueMs = Date.parse(task.startedAt) + task.expected.p90Ms - clock.now();
      alarms.set(
        kept.id,
        clock.after(Math.max(0, dueMs), () => give(kept)),
      );
    }
  }

  async function existing(taskId: string): Promise<Task> {
    const task = await store.tasks.get(taskId);
    if (task === undefined) throw new AppError('task_not_found', `There is no task ${taskId}.`);
    return task;
  }

  return {
    of: (taskId) => ofTask(taskId).map(shown),
    async add(taskId, { when, text }, by) {
      const task = await existing(taskId);
      if (task.endedAt !== undefined)
        throw new AppError('already_ended', `“${task.title}” has already ended (${task.status}).`);
      if (task.sessionId === undefined || task.delivery.state === 'none')
        throw wrong('when', 'a task that is told in a chat: this one is a part of another');
      if (when === 'slower_than_usual' && task.expected === undefined)
        throw wrong('when', 'a tool of which it is known how long it usually takes');
      if (ofTask(taskId).length >= MOST) throw wrong('text', `at most ${MOST} follow-ups of one task`);
      const kept: Kept = {
        id: newId('fup'),
        taskId,
        when,
        text,
        by,
        createdAt: isoNow(clock),
        sessionId: task.sessionId,
        messageId: newId('msg'),
      };
      await store.notes.put(SCOPE, kept.id, kept);
      waiting.set(kept.id, kept);
      // It may have come to that while the follow-up was written.
      const now = await existing(taskId);
      judge(kept, now);
      return shown(kept);
    },
    async remove(taskId, id) {
      if (waiting.get(id)?.taskId !== taskId)
        throw new AppError('not_found', `The task ${taskId} has no follow-up ${id}.`);
      await forget(id);
    },
    async open() {
      for (const { key, note } of await store.notes.all(SCOPE)) waiting.set(key, note as Kept);
      for (const kept of [...waiting.values()]) {
        const task = await store.tasks.get(kept.taskId);
        if (task === undefined) await forget(kept.id);
        else judge(kept, task);
      }
    },
    heard(changes) {
      if (waiting.size === 0) return;
      for (const change of changes)
        if (change.type === 'task') for (const kept of ofTask(change.task.id)) judge(kept, change.task);
    },
    close() {
      closed = true;
      for (const callOff of alarms.values()) callOff();
    },
  };
}

const shown = ({ sessionId: _session, messageId: _message, ...followUp }: Kept): FollowUp => followUp;

const percentOf = (progress: Task['progress']): number =>
  progress?.total === undefined || progress.total <= 0 ? 0 : (progress.value / progress.total) * 100;

function inWords({ when, by }: Kept): string {
  const reason =
    when === 'ended'
      ? 'it has ended'
      : when === 'slower_than_usual'
        ? 'it takes longer than usual'
        : `it has come to ${when.progress} %`;
  return `${reason}. Noted by ${by === 'person' ? 'the user' : 'the assistant'}.`;
}

const wrong = (field: string, expected: string): AppError =>
  new AppError('invalid_request', `${field}: expected ${expected}.`, { fields: [{ field, expected }] });
