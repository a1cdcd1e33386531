import { type Clock, isoNow } from '../../base/clock.ts';
import { AppError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import type { Logger } from '../../base/log.ts';
import type { Change, Store, Unnumbered, Write } from '../../store/ports.ts';
import type { ApprovalPart, Message, Session } from '../../store/records.ts';
import type { StepOutcome } from '../assignment-directory.ts';
import type { AssistantControl } from '../assistant-control.ts';
import type { ModelDirectory, ModelEntry } from '../model-directory.ts';
import { createFollowUps } from './follow-ups.ts';
import { createModels } from './models/directory.ts';
import { openModelsFile } from './models/models-file.ts';
import { modelSockets } from './models/provider.ts';
import type { Environment } from './models/usable-model.ts';
import type { AssistantPorts } from './ports.ts';
import { createTitles } from './titles.ts';
import { createOwnTools } from './tools/own-tools.ts';
import { createRemembered } from './tools/remembered.ts';
import { createBackground } from './turn/background.ts';
import { branchCopies } from './turn/branch-copies.ts';
import { loadAll } from './turn/history.ts';
import { createTurns, type NewStep } from './turn/turns.ts';

/** The assistant: models, and the turns that are taken through them. */
export interface Assistant extends AssistantControl {
  readonly models: ModelDirectory;
  /** Whether anybody would answer. */
  isReady(): boolean;
  /**
   * A person has said something: it is written, and a turn begins, or the one that goes on hears of it at its next step.
   * @returns the messages that this made at once, the person's own first; undefined while no model is set up
   */
  said(session: Session, own: Unnumbered<Message>): Promise<readonly Message[] | undefined>;
  /** A text of an assignment, as a turn; settles with what came of it. `messageId` is that of the text, chosen before. */
  perform(
    request: { readonly sessionId: string; readonly text: string; readonly messageId: string },
    signal: AbortSignal,
  ): Promise<StepOutcome>;
  /** What became of such a text that was given before a crash: its turn goes on. Undefined: it was never given. */
  outcomeOf(messageId: string, signal: AbortSignal): Promise<StepOutcome | undefined>;
  recover(): Promise<void>;
  open(): Promise<void>;
  /** Work may begin again. */
  offerAgain(): void;
  close(): Promise<void>;
}

const TITLE_CHARS = 60;

export function createAssistant(parts: {
  modelsPath: string;
  env: Environment;
  store: Store;
  ports: AssistantPorts;
  clock: Clock;
  log: Logger;
}): Assistant {
  const { store, ports, clock, log } = parts;
  const sockets = modelSockets();
  const models = createModels({ file: openModelsFile(parts.modelsPath), env: parts.env, sockets, clock });
  const remembered = createRemembered(store.notes, clock);
  const background = createBackground(store);
  const followUps = createFollowUps({
    store,
    clock,
    log,
    async say(message) {
      const { deletedAt } = (await store.sessions.get(message.sessionId)) ?? { deletedAt: '' };
      if (deletedAt === undefined) await store.writer.commit([{ type: 'message', message }], 'durable');
    },
    async answered(sessionId) {
      turns.wake(sessionId);
      await turns.idle(sessionId);
    },
  });
  const own = createOwnTools({ store, ports, followUps, clock });
  const turns = createTurns({ store, models, ports, own, remembered, background, clock, log });
  const titles = createTitles({ store, models, clock, log });
  let undo: (() => void) | undefined;

  /** A delivery of background work is a reason for a turn; a chat that was deleted has no more of them. */
  function onCommit(changes: readonly Change[]) {
    followUps.heard(changes);
    titles.heard(changes);
    for (const change of changes) {
      if (
        change.type === 'message' &&
        change.message.taskId !== undefined &&
        background.has(change.message.taskId)
      )
        turns.wake(change.message.sessionId);
      if (change.type === 'session' && change.session.deletedAt !== undefined)
        turns.step(change.session.id)?.stop();
    }
  }

  async function existing(sessionId: string): Promise<Session> {
    const session = await store.sessions.get(sessionId);
    if (session === undefined || session.deletedAt !== undefined)
      throw new AppError('session_not_found', `There is no session ${sessionId}.`);
    return session;
  }

  function modelFor(session: Session): ModelEntry {
    const model = models.pick(session.modelId);
    if (model === undefined)
      throw new AppError(
        'no_model',
        'No model is set up. Add one in the settings, or with `meanwhile models add`.',
      );
    return model;
  }

  async function stop(sessionId: string): Promise<Message | undefined> {
    const step = turns.step(sessionId);
    step?.stop();
    await turns.idle(sessionId);
    return step && store.messages.get(step.writer.id);
  }

  /** The shown messages of a chat, and where in them one stands. */
  async function shownUpTo(sessionId: string, messageId: string) {
    const all = (await loadAll(store, sessionId)).filter(({ supersededBy }) => supersededBy === undefined);
    const at = all.findIndex(({ id }) => id === messageId);
    if (at < 0) throw new AppError('message_not_found', `There is no message ${messageId} in this chat.`);
    return { all, at, message: all[at] as Message };
  }

  const hide = (messages: readonly Message[], by: string): Write[] =>
    messages.map((message) => ({ type: 'message', message: { ...message, supersededBy: by } }));

  const spoken = (sessionId: string, text: string, id = newId('msg')): Unnumbered<Message> => ({
    id,
    sessionId,
    role: 'user',
    parts: [{ type: 'text', text }],
    createdAt: isoNow(clock),
  });

  /** A person's word ends the waiting: for their consent, and for work that runs long. */
  async function hear(sessionId: string) {
    const step = turns.step(sessionId);
    turns.wake(sessionId);
    if (step === undefined) return;
    const isOpen = (part: Message['parts'][number]): part is ApprovalPart =>
      part.type === 'approval' && part.state === 'open';
    const open = step.writer.message().parts.filter(isOpen);
    step.speak();
    if (open.length === 0) return;
    step.writer.parts((all) => all.map((part) => (isOpen(part) ? { ...part, state: 'declined' } : part)));
    step.writer.turn({ state: 'running' });
    for (const { callId } of open) step.decide(callId, 'passed over');
    await step.writer.keep();
  }

  async function say(
    session: Session,
    own: Unnumbered<Message>,
    cause: NewStep['cause'],
  ): Promise<readonly Message[]> {
    if (!turns.isActive(session.id)) {
      const model = modelFor(session);
      return turns.begin({
        sessionId: session.id,
        modelId: model.id,
        cause,
        alongside: [{ type: 'message', message: own }],
      });
    }
    const changes = await store.writer.commit([{ type: 'message', message: own }], 'durable');
    await hear(session.id);
    return changes.flatMap((change) => (change.type === 'message' ? [change.message] : []));
  }

  /** What the turns after a text came to: the last one that was taken tells. */
  async function outcome(sessionId: string, messageId: string, signal: AbortSignal): Promise<StepOutcome> {
    const halt = () =>
      void stop(sessionId).catch((error) => log.warn({ err: error }, 'a turn could not be stopped'));
    signal.addEventListener('abort', halt, { once: true });
    if (signal.aborted) halt();
    try {
      await turns.idle(sessionId);
    } finally {
      signal.removeEventListener('abort', halt);
    }
    const { all, at } = await shownUpTo(sessionId, messageId);
    const last = all.slice(at).findLast(({ turn }) => turn !== undefined);
    const text = (last?.parts ?? []).flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
    const { state, error } = last?.turn ?? {};
    if (state === 'done')
      return {
        state: 'completed',
        preview: text,
        content: JSON.stringify({ content: [{ type: 'text', text }] }),
      };
    if (signal.aborted) return { state: 'cancelled', preview: text };
    return {
      state: 'failed',
      preview: text,
      failure: error?.message ?? `The assistant's turn was ${state ?? 'not taken'}.`,
    };
  }

  return {
    models,
    isReady: () => models.pick(undefined) !== undefined,
    async said(session, message) {
      if (models.pick(session.modelId) === undefined) return undefined;
      return say(session, message, 'said');
    },
    async perform({ sessionId, text, messageId }, signal) {
      await say(await existing(sessionId), spoken(sessionId, text, messageId), 'assignment');
      return outcome(sessionId, messageId, signal);
    },
    async outcomeOf(messageId, signal) {
      const message = await store.messages.get(messageId);
      if (message === undefined || message.role !== 'user') return undefined;
      const { sessionId } = message;
      if (!turns.isActive(sessionId)) {
        const { all, at } = await shownUpTo(sessionId, messageId);
        const last = all.slice(at).findLast(({ turn }) => turn !== undefined);
        if (last?.turn?.state === 'interrupted') await this.continue(sessionId, last.id);
      }
      return outcome(sessionId, messageId, signal);
    },
    stop: async (sessionId) => {
      await existing(sessionId);
      return stop(sessionId);
    },
    async continue(sessionId, messageId) {
      const session = await existing(sessionId);
      const { all, message } = await shownUpTo(sessionId, messageId);
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
      const session = await existing(sessionId);
      const model = modelFor(session);
      await shownUpTo(sessionId, messageId);
      await stop(sessionId);
      const { all, at, message } = await shownUpTo(sessionId, messageId);
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
      const session = await existing(sessionId);
      const model = modelFor(session);
      const { message } = await shownUpTo(sessionId, messageId);
      if (message.role !== 'user' || text.trimStart().startsWith('/'))
        throw new AppError(
          message.role === 'user' ? 'invalid_request' : 'message_not_found',
          'What can be said otherwise is what a person said, in words: a command is simply written anew.',
        );
      await stop(sessionId);
      const { all, at } = await shownUpTo(sessionId, messageId);
      const own = spoken(sessionId, text);
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
      } = await existing(sessionId);
      const { all, at } = await shownUpTo(sessionId, messageId);
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
    async approve(sessionId, messageId, callId, { allow, remember }) {
      const message = await store.messages.get(messageId);
      const kept = message?.parts.find(
        (part): part is ApprovalPart => part.type === 'approval' && part.callId === callId,
      );
      if (message?.sessionId !== sessionId || kept === undefined)
        throw new AppError(
          'message_not_found',
          `Nothing with the id ${callId} waits for an answer in this message.`,
        );
      const wanted = allow ? 'allowed' : 'declined';
      if (kept.state !== 'open') {
        if (kept.state === wanted) return message;
        throw new AppError('approval_settled', `It was ${kept.state} before.`);
      }
      const step = turns.step(sessionId);
      if (step?.writer.id !== messageId)
        throw new AppError('turn_not_open', 'The turn that asked for this does not go on any more.');
      const isIt = (part: Message['parts'][number]): part is ApprovalPart =>
        part.type === 'approval' && part.callId === callId;
      const now = step.writer.message().parts.find(isIt);
      if (now?.state !== 'open') throw new AppError('approval_settled', `It was ${now?.state} before.`);
      step.writer.parts((all) =>
        all.map((part) =>
          isIt(part) ? { ...part, state: wanted, ...(remember && { remembered: remember }) } : part,
        ),
      );
      const waits = step.writer
        .message()
        .parts.some((part) => part.type === 'approval' && part.state === 'open');
      if (!waits) step.writer.turn({ state: 'running' });
      await step.writer.keep(); // the answer holds before anything is done by it
      if (remember !== undefined)
        await remembered.put({ server: kept.server, allow, ...(remember === 'tool' && { tool: kept.tool }) });
      step.decide(callId, wanted);
      return (await store.messages.get(messageId)) ?? message;
    },
    remembered: remembered.all,
    forget: remembered.remove,
    async followUps(taskId) {
      if ((await store.tasks.get(taskId)) === undefined)
        throw new AppError('task_not_found', `There is no task ${taskId}.`);
      return followUps.of(taskId);
    },
    addFollowUp: followUps.add,
    removeFollowUp: followUps.remove,
    async mute(taskId, muted) {
      if ((await store.tasks.get(taskId)) === undefined)
        throw new AppError('task_not_found', `There is no task ${taskId}.`);
      await background.mute(taskId, muted);
    },
    recover: turns.recover,
    async open() {
      undo = store.writer.onCommit(onCommit);
      await turns.open();
      await followUps.open();
    },
    offerAgain() {
      for (const sessionId of background.sessions()) turns.wake(sessionId);
    },
    async close() {
      undo?.();
      followUps.close();
      await titles.close();
      await turns.close();
      await sockets.close();
    },
  };
}
