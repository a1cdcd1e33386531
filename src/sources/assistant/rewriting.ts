import { type Clock, isoNow } from '../../base/clock.ts';
import { AppError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import type { Store, Unnumbered, Write } from '../../store/ports.ts';
import type { Message, Session } from '../../store/records.ts';
import type { AssistantControl } from '../assistant-control.ts';
import type { ModelEntry } from '../model-directory.ts';
import { sessionThatIs, shownUpTo, spoken } from './conversation.ts';
import { branchCopies } from './turn/branch-copies.ts';
import type { CallsUnderWay } from './turn/calls-under-way.ts';
import type { Turns } from './turn/turns.ts';

const TITLE_CHARS = 60;

/** What was said or answered is gone on with, tried again, said otherwise, or taken to another chat. */
export function createRewriting(parts: {
  store: Pick<Store, 'sessions' | 'messages' | 'writer'>;
  turns: Turns;
  calls: Pick<CallsUnderWay, 'settled'>;
  /** @throws {AppError} `no_model` */
  modelFor: (session: Session) => ModelEntry;
  clock: Clock;
}): Pick<AssistantControl, 'continue' | 'retry' | 'edit' | 'branch'> {
  const { store, turns, calls, modelFor, clock } = parts;

  /** Nothing writes into what is hidden then. */
  async function halt(sessionId: string) {
    await turns.stop(sessionId);
    await calls.settled(sessionId);
  }

  const hide = (messages: readonly Message[], by: string): Write[] =>
    messages.map((message) => ({ type: 'message', message: { ...message, supersededBy: by } }));

  return {
    async continue(sessionId, messageId) {
      const session = await sessionThatIs(store, sessionId);
      const { all, message } = await shownUpTo(store, sessionId, messageId);
      const newest = all.findLast(({ turn }) => turn !== undefined);
      const { turn } = message;
      const canGoOn = turn !== undefined && ['interrupted', 'stopped', 'failed'].includes(turn.state);
      if (!canGoOn || newest?.id !== messageId || turns.isActive(sessionId))
        throw new AppError(
          'turn_not_open',
          'Only the newest turn can be continued, when it was interrupted, stopped or has failed.',
        );
      return turns.begin({
        sessionId,
        modelId: modelFor(session).id,
        cause: turn.cause,
        turnId: turn.id,
        step: turn.step + 1,
      });
    },
    async retry(sessionId, messageId) {
      const session = await sessionThatIs(store, sessionId);
      const model = modelFor(session);
      await shownUpTo(store, sessionId, messageId);
      await halt(sessionId);
      const { all, at, message } = await shownUpTo(store, sessionId, messageId);
      const { turn, role } = message;
      if (turn === undefined && role !== 'user')
        throw new AppError(
          'message_not_found',
          'What can be tried again is an answer of the assistant, or what was said.',
        );
      const from = turn === undefined ? at + 1 : all.findIndex((each) => each.turn?.id === turn.id);
      const id = newId('msg');
      return turns.begin({
        sessionId,
        modelId: model.id,
        cause: turn?.cause ?? 'said',
        messageId: id,
        alongside: hide(all.slice(from), id),
      });
    },
    async edit(sessionId, messageId, text) {
      const session = await sessionThatIs(store, sessionId);
      const model = modelFor(session);
      const { message } = await shownUpTo(store, sessionId, messageId);
      if (message.role !== 'user' || text.trimStart().startsWith('/'))
        throw new AppError(
          message.role === 'user' ? 'invalid_request' : 'message_not_found',
          'What can be said otherwise is what a person said, in words: a command is simply written anew.',
        );
      await halt(sessionId);
      const { all, at } = await shownUpTo(store, sessionId, messageId);
      const own = spoken(clock, sessionId, text);
      return turns.begin({
        sessionId,
        modelId: model.id,
        cause: 'said',
        alongside: [...hide(all.slice(at), own.id), { type: 'message', message: own }],
      });
    },
    async branch(sessionId, messageId) {
      const {
        id: _id,
        seq: _seq,
        title,
        kind: _kind,
        createdAt: _at,
        updatedAt: _updated,
        ...settings
      } = await sessionThatIs(store, sessionId);
      const { all, at } = await shownUpTo(store, sessionId, messageId);
      const now = isoNow(clock);
      const session: Unnumbered<Session> = {
        ...settings,
        id: newId('sess'),
        title: `${title.slice(0, TITLE_CHARS)} (branch)`,
        kind: 'chat',
        createdAt: now,
        updatedAt: now,
      };
      const copies = branchCopies(all.slice(0, at + 1), session.id);
      const [change] = await store.writer.commit(
        [{ type: 'session', session }, ...copies.map((message): Write => ({ type: 'message', message }))],
        'durable',
      );
      if (change?.type !== 'session') throw new AppError('store_failed', 'The session was not written.');
      return change.session;
    },
  };
}
