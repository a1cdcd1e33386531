import { type Clock, isoNow } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import type { Store, Unnumbered } from '../../../store/ports.ts';
import type { Message, Session, TurnStep } from '../../../store/records.ts';
import type { Models } from '../models/directory.ts';
import type { Background } from './background.ts';
import { loadAll, sinceLastStep } from './history.ts';

/** What stands in a chat after its newest step, and whether the assistant has to act on it. */
export interface Needs {
  /** A person's word, or the end of background work, that no step has been told yet. */
  of(session: Session): Promise<Exclude<TurnStep['cause'], 'assignment'> | undefined>;
  /** The ends that stand before a step are told with it. */
  told(sessionId: string, stepId: string): Promise<void>;
}

export function createNeeds(parts: {
  store: Pick<Store, 'messages' | 'writer'>;
  models: Pick<Models, 'limits'>;
  background: Background;
  clock: Clock;
}): Needs {
  const { store, models, background, clock } = parts;

  /** What is muted counts as told: it stands in the chat, and is seen with whatever is said next. */
  async function hasEnd({ followUps }: Session, after: readonly Message[]): Promise<boolean> {
    const mine = endedIn(after).filter((taskId) => background.has(taskId));
    const muted = await Promise.all(
      mine.map(async (taskId) => followUps === 'off' || background.isMuted(taskId)),
    );
    await background.told(mine.filter((_, at) => muted[at]));
    return muted.includes(false);
  }

  /** Turns that begin by themselves, one after the other, are held up: a person has to say a word. */
  async function isHeldUp(sessionId: string): Promise<boolean> {
    const all = (await loadAll(store, sessionId)).filter(({ supersededBy }) => supersededBy === undefined);
    const since = all.slice(all.findLastIndex((each) => each.role === 'user' && !isFollowUp(each)) + 1);
    const turns = new Set(since.flatMap(({ turn }) => (turn?.cause === 'task_ended' ? [turn.id] : [])));
    if (turns.size < models.limits().selfStarted) return false;
    const isSaidAlready = since.some((message) => hasNotice(message, 'follow_ups_held'));
    const text = `The assistant has taken ${turns.size} turns in a row by itself, its limit. It goes on when you say something.`;
    const message: Unnumbered<Message> = {
      id: newId('msg'),
      sessionId,
      role: 'system',
      createdAt: isoNow(clock),
      parts: [{ type: 'notice', code: 'follow_ups_held', text }],
    };
    if (!isSaidAlready) await store.writer.commit([{ type: 'message', message }], 'durable');
    return true;
  }

  return {
    async of(session) {
      const { last, after } = await sinceLastStep(store, session.id);
      if (last?.turn?.state === 'waiting') return undefined; // told when it goes on
      if (after.some(isSaid)) return 'said';
      const hasEnded = after.some(isFollowUp) || (await hasEnd(session, after));
      return hasEnded && !(await isHeldUp(session.id)) ? 'task_ended' : undefined;
    },
    async told(sessionId, stepId) {
      if (!background.sessions().has(sessionId)) return;
      const messages = await loadAll(store, sessionId);
      const at = messages.findIndex(({ id }) => id === stepId);
      await background.told(endedIn(messages.slice(0, at)));
    },
  };
}

const endedIn = (messages: readonly Message[]): string[] =>
  messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'task' ? [part.task.id] : [])));

const hasNotice = ({ parts }: Message, code: string): boolean =>
  parts.some((part) => part.type === 'notice' && part.code === code);

/** Said because a task has come so far: a reason for a turn, but no person's word. */
const isFollowUp = (message: Message): boolean => hasNotice(message, 'follow_up');

/** A person's word; commands are carried out by the chat, and want no answer. */
const isSaid = (message: Message): boolean =>
  message.role === 'user' &&
  !isFollowUp(message) &&
  message.parts.some((part) => part.type === 'text' && !part.text.trimStart().startsWith('/'));
