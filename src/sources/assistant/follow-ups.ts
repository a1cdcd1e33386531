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
  /** Which host gives it; left out by one that is alone. */
  readonly host?: string;
}

/** What is to be said when a task has come so far: once, also after a restart, and never when it was cancelled. */
export interface FollowUps {
  of(taskId: string): Promise<readonly FollowUp[]>;
  /** @throws {AppError} `task_not_found`, `already_ended`, `invalid_request` */
  add(taskId: string, wanted: Pick<FollowUp, 'when' | 'text'>, by: FollowUp['by']): Promise<FollowUp>;
  /** What is left out stays. @throws {AppError} as `add`, `not_found` once it has been given */
  change(taskId: string, id: string, change: Partial<Pick<FollowUp, 'when' | 'text'>>): Promise<FollowUp>;
  /** @throws {AppError} `not_found` */
  remove(taskId: string, id: string): Promise<void>;
  open(): Promise<void>;
  /** Those of a host that is gone are given by this one. */
  takeOver(host: string): Promise<void>;
  heard(changes: readonly Change[]): void;
  close(): void;
}

/**
 * @param say writes a message into its chat, where that is still there
 * @param answered lets the assistant take a turn on it, where none was taken yet; settles when that is over
 */
export function createFollowUps(parts: {
  store: Pick<Store, 'hosts' | 'tasks' | 'messages' | 'notes'>;
  clock: Clock;
  log: Logger;
  say: (message: Unnumbered<Message>) => Promise<void>;
  answered: (sessionId: string) => Promise<void>;
}): FollowUps {
  const { store, clock, log, say, answered } = parts;
  const waiting = new Map<string, Kept>();
  const alarms = new Map<string, () => void>();
  let closed = false;

  const ours = store.hosts?.id;

  /** All that are kept, whichever host gives them. */
  const kept = async () => (await store.notes.all(SCOPE)).map(({ note }) => note as Kept);

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
    const note = (await store.notes.get(SCOPE, kept.id)) as Kept | undefined;
    if (note === undefined) return; // taken back at another host
    if ((await store.messages.get(kept.messageId)) === undefined)
      await say({
        id: kept.messageId,
        sessionId: kept.sessionId,
        role: 'user',
        createdAt: isoNow(clock),
        parts: [
          { type: 'notice', code: 'follow_up', text: `Follow-up on task ${kept.taskId}: ${inWords(kept)}` },
          { type: 'text', text: note.text },
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

  /** @returns the chat of the task @throws {AppError} where it can never come to that */
  function checkWhen(task: Task, when: FollowUp['when']): string {
    if (task.endedAt !== undefined)
      throw new AppError('already_ended', `“${task.title}” has already ended (${task.status}).`);
    if (task.sessionId === undefined || task.delivery.state === 'none')
      throw wrong('when', 'a task that is told in a chat: this one is a part of another');
    if (when === 'slower_than_usual' && task.expected === undefined)
      throw wrong('when', 'a tool of which it is known how long it usually takes');
    return task.sessionId;
  }

  async function take(all: readonly Kept[]): Promise<void> {
    for (const each of all) waiting.set(each.id, each);
    for (const each of all) {
      const task = await store.tasks.get(each.taskId);
      if (task === undefined) await forget(each.id);
      else judge(each, task);
    }
  }

  async function existing(taskId: string): Promise<Task> {
    const task = await store.tasks.get(taskId);
    if (task === undefined) throw new AppError('task_not_found', `There is no task ${taskId}.`);
    return task;
  }

  return {
    of: async (taskId) => (await kept()).filter((each) => each.taskId === taskId).map(shown),
    async add(taskId, { when, text }, by) {
      const task = await existing(taskId);
      const sessionId = checkWhen(task, when);
      if (ofTask(taskId).length >= MOST) throw wrong('text', `at most ${MOST} follow-ups of one task`);
      const made: Kept = {
        id: newId('fup'),
        taskId,
        when,
        text,
        by,
        createdAt: isoNow(clock),
        sessionId,
        messageId: newId('msg'),
        ...(ours !== undefined && { host: ours }),
      };
      await store.notes.put(SCOPE, made.id, made);
      waiting.set(made.id, made);
      // It may have come to that while the follow-up was written.
      const now = await existing(taskId);
      judge(made, now);
      return shown(made);
    },
    async change(taskId, id, change) {
      const before = (await store.notes.get(SCOPE, id)) as Kept | undefined;
      if (before?.taskId !== taskId) throw unknown(taskId, id);
      const task = await existing(taskId);
      const changed: Kept = { ...before, ...change };
      checkWhen(task, changed.when);
      // One that is being given is given as it was; whoever changes it finds it gone.
      if ((await store.messages.get(before.messageId)) !== undefined) throw unknown(taskId, id);
      await store.notes.put(SCOPE, id, changed);
      alarms.get(id)?.();
      alarms.delete(id);
      if (changed.host === ours) {
        waiting.set(id, changed);
        judge(changed, await existing(taskId));
      }
      return shown(changed);
    },
    async remove(taskId, id) {
      const found = (await store.notes.get(SCOPE, id)) as Kept | undefined;
      if (found?.taskId !== taskId) throw unknown(taskId, id);
      await forget(id);
    },
    async open() {
      await take((await kept()).filter(({ host = ours }) => host === ours));
    },
    async takeOver(gone) {
      const left = (await kept()).filter(({ host }) => host === gone);
      for (const each of left) await store.notes.put(SCOPE, each.id, { ...each, host: ours });
      await take(left);
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

const shown = ({ sessionId: _session, messageId: _message, host: _host, ...followUp }: Kept): FollowUp =>
  followUp;

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

const unknown = (taskId: string, id: string): AppError =>
  new AppError('not_found', `The task ${taskId} has no follow-up ${id}.`);

const wrong = (field: string, expected: string): AppError =>
  new AppError('invalid_request', `${field}: expected ${expected}.`, { fields: [{ field, expected }] });
