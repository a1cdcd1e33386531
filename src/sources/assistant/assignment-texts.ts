import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/log.ts';
import type { Store, Unnumbered } from '../../store/ports.ts';
import type { Message, Session } from '../../store/records.ts';
import type { StepOutcome } from '../assignment-directory.ts';
import { sessionThatIs, shownUpTo, spoken, textOf } from './conversation.ts';
import type { NewStep, Turns } from './turn/turns.ts';

/** Texts of assignments: each is a turn in its chat, and what the turn comes to is the outcome of its run. */
export interface AssignmentTexts {
  /** Settles with what came of it. `messageId` is that of the text, chosen before. */
  perform(
    request: { readonly sessionId: string; readonly text: string; readonly messageId: string },
    signal: AbortSignal,
  ): Promise<StepOutcome>;
  /** What became of such a text that was given before a crash: its turn goes on. Undefined: it was never given. */
  outcomeOf(messageId: string, signal: AbortSignal): Promise<StepOutcome | undefined>;
}

export function createAssignmentTexts(parts: {
  store: Pick<Store, 'sessions' | 'messages'>;
  turns: Turns;
  say: (session: Session, own: Unnumbered<Message>, cause: NewStep['cause']) => Promise<unknown>;
  /** Continues a turn that was interrupted. */
  goOn: (sessionId: string, messageId: string) => Promise<unknown>;
  clock: Clock;
  log: Logger;
}): AssignmentTexts {
  const { store, turns, say, goOn, clock, log } = parts;

  /** What the turns after a text came to: the last one that was taken tells. */
  async function outcome(sessionId: string, messageId: string, signal: AbortSignal): Promise<StepOutcome> {
    const halt = () =>
      void turns.stop(sessionId).catch((error) => log.warn({ err: error }, 'a turn could not be stopped'));
    signal.addEventListener('abort', halt, { once: true });
    if (signal.aborted) halt();
    try {
      await turns.idle(sessionId);
    } finally {
      signal.removeEventListener('abort', halt);
    }
    const { all, at } = await shownUpTo(store, sessionId, messageId);
    const last = all.slice(at).findLast(({ turn }) => turn !== undefined);
    const text = last === undefined ? '' : textOf(last);
    const { state, error } = last?.turn ?? {};
    if (state === 'done')
      return {
        state: 'completed',
        preview: text,
        content: JSON.stringify({ content: [{ type: 'text', text }] }),
      };
    // The host stops: the next start goes on with it, and tells.
    if (state === 'interrupted' || state === 'waiting' || state === 'running') return new Promise(() => {});
    if (signal.aborted) return { state: 'cancelled', preview: text };
    return {
      state: 'failed',
      preview: text,
      failure: error?.message ?? `The assistant's turn was ${state ?? 'not taken'}.`,
    };
  }

  return {
    async perform({ sessionId, text, messageId }, signal) {
      await say(
        await sessionThatIs(store, sessionId),
        spoken(clock, sessionId, text, messageId),
        'assignment',
      );
      return outcome(sessionId, messageId, signal);
    },
    async outcomeOf(messageId, signal) {
      const message = await store.messages.get(messageId);
      if (message === undefined || message.role !== 'user') return undefined;
      const { sessionId } = message;
      if (!turns.isActive(sessionId)) {
        const { all, at } = await shownUpTo(store, sessionId, messageId);
        const last = all.slice(at).findLast(({ turn }) => turn !== undefined);
        if (last?.turn?.state === 'interrupted') await goOn(sessionId, last.id);
      }
      return outcome(sessionId, messageId, signal);
    },
  };
}
