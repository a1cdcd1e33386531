import { type Clock, isoNow } from '../../base/clock.ts';
import { AppError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import type { Store, Unnumbered } from '../../store/ports.ts';
import type { Message, Session } from '../../store/records.ts';
import { loadAll } from './turn/history.ts';

/** @throws {AppError} `session_not_found` */
export async function sessionThatIs(store: Pick<Store, 'sessions'>, sessionId: string): Promise<Session> {
  const session = await store.sessions.get(sessionId);
  if (session === undefined || session.deletedAt !== undefined)
    throw new AppError('session_not_found', `There is no session ${sessionId}.`);
  return session;
}

/** The shown messages of a chat, and where in them one stands. @throws {AppError} `message_not_found` */
export async function shownUpTo(store: Pick<Store, 'messages'>, sessionId: string, messageId: string) {
  const all = (await loadAll(store, sessionId)).filter(({ supersededBy }) => supersededBy === undefined);
  const at = all.findIndex(({ id }) => id === messageId);
  const message = all[at];
  if (message === undefined)
    throw new AppError('message_not_found', `There is no message ${messageId} in this chat.`);
  return { all, at, message };
}

/** What is said, as it is written. */
export const spoken = (
  clock: Clock,
  sessionId: string,
  text: string,
  id = newId('msg'),
): Unnumbered<Message> => ({
  id,
  sessionId,
  role: 'user',
  parts: [{ type: 'text', text }],
  createdAt: isoNow(clock),
});

export const textOf = ({ parts }: Pick<Message, 'parts'>): string =>
  parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
