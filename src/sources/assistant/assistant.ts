import type { Clock } from '../../base/clock.ts';
import { AppError } from '../../base/errors.ts';
import type { Logger } from '../../base/log.ts';
import type { Change, Store, Unnumbered } from '../../store/ports.ts';
import type { Message, Session } from '../../store/records.ts';
import type { AssistantControl } from '../assistant-control.ts';
import type { ModelDirectory, ModelEntry } from '../model-directory.ts';
import { type AssignmentTexts, createAssignmentTexts } from './assignment-texts.ts';
import { createConsents, passOver } from './consents.ts';
import { sessionThatIs } from './conversation.ts';
import { createFollowUps } from './follow-ups.ts';
import { createModels } from './models/directory.ts';
import { openModelsFile } from './models/models-file.ts';
import { modelSockets } from './models/provider.ts';
import type { Environment } from './models/usable-model.ts';
import type { AssistantPorts } from './ports.ts';
import { createRewriting } from './rewriting.ts';
import { createTitles } from './titles.ts';
import { createOwnTools } from './tools/own-tools.ts';
import { createRemembered } from './tools/remembered.ts';
import { createBackground } from './turn/background.ts';
import { callsUnderWay } from './turn/calls-under-way.ts';
import { createTurns, type NewStep } from './turn/turns.ts';

/** How soon it is looked whether a turn at another host has come to its end. */
const LOOK_MS = 500;

/** The assistant: models, and the turns that are taken through them. */
export interface Assistant extends AssistantControl, AssignmentTexts {
  readonly models: ModelDirectory;
  /** Whether anybody would answer. */
  isReady(): boolean;
  /** How many turns a stop would interrupt; what waits for a person is not cut off. */
  turnsGoingOn(): number;
  /**
   * A person has said something: it is written, and a turn begins, or the one that goes on hears of it at its next step.
   * @returns the messages that this made at once, the person's own first; undefined while no model is set up
   */
  said(session: Session, own: Unnumbered<Message>): Promise<readonly Message[] | undefined>;
  recover(): Promise<void>;
  /** Goes on for the chats of a host that is gone. */
  takeOver(host: string): Promise<void>;
  /** Others have taken over what goes on here. */
  letGo(): void;
  open(): Promise<void>;
  /** Work may begin again. */
  offerAgain(): void;
  close(): Promise<void>;
}

export function createAssistant(parts: {
  modelsPath: string;
  env: Environment;
  store: Store;
  ports: AssistantPorts;
  clock: Clock;
  log: Logger;
}): Assistant {
  const { store, clock, log } = parts;
  const calls = callsUnderWay(parts.ports.call);
  const ports = { ...parts.ports, call: calls.call };
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
  /** Chats in which something was said while a turn went on at another host. */
  const waitsForOthers = new Map<string, () => void>();
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

  function modelFor(session: Session): ModelEntry {
    const model = models.pick(session.modelId);
    if (model === undefined)
      throw new AppError(
        'no_model',
        'No model is set up. Add one in the settings, or with `meanwhile models add`.',
      );
    return model;
  }

  async function say(
    session: Session,
    own: Unnumbered<Message>,
    cause: NewStep['cause'],
  ): Promise<readonly Message[]> {
    const isElsewhere = !turns.isActive(session.id) && (await turns.elsewhere(session.id)) !== undefined;
    if (!turns.isActive(session.id) && !isElsewhere) {
      const model = modelFor(session);
      return turns.begin({
        sessionId: session.id,
        modelId: model.id,
        cause,
        alongside: [{ type: 'message', message: own }],
      });
    }
    const changes = await store.writer.commit([{ type: 'message', message: own }], 'durable');
    if (!isElsewhere) await hear(session.id);
    else answerUnlessHeard(session.id);
    return changes.flatMap((change) => (change.type === 'message' ? [change.message] : []));
  }

  /**
   * What is said while a turn goes on at another host is heard there by the change. It may just have come to an end, or
   * its host may be gone: once nothing goes on there any more, a turn is taken here, if there is still a need.
   */
  function answerUnlessHeard(sessionId: string): void {
    if (waitsForOthers.has(sessionId)) return;
    const look = async () => {
      waitsForOthers.delete(sessionId);
      if ((await turns.elsewhere(sessionId)) === undefined) turns.wake(sessionId);
      else answerUnlessHeard(sessionId);
    };
    const callOff = clock.after(LOOK_MS, () =>
      look().catch((error) => {
        log.warn({ err: error }, 'it could not be seen whether something said was heard');
        answerUnlessHeard(sessionId);
      }),
    );
    waitsForOthers.set(sessionId, callOff);
  }

  /** Something was said while a turn goes on here. */
  async function hear(sessionId: string): Promise<void> {
    const step = turns.step(sessionId);
    turns.wake(sessionId);
    step?.speak(); // what runs long is waited for no longer
    if (step !== undefined) await passOver(step);
  }

  /** What another host has written: said in a chat whose turn goes on here, or a task that follow-ups here wait for. */
  function onForeign(changes: readonly Change[]) {
    followUps.heard(changes);
    for (const change of changes)
      if (
        change.type === 'message' &&
        change.message.role === 'user' &&
        turns.isActive(change.message.sessionId)
      )
        hear(change.message.sessionId).catch((error) => log.warn({ err: error }, 'a turn did not hear'));
  }

  const rewriting = createRewriting({ store, turns, calls, modelFor, clock });
  const texts = createAssignmentTexts({ store, turns, say, goOn: rewriting.continue, clock, log });

  return {
    models,
    isReady: () => models.pick(undefined) !== undefined,
    turnsGoingOn: turns.goingOn,
    async said(session, message) {
      if (models.pick(session.modelId) === undefined) return undefined;
      return say(session, message, 'said');
    },
    ...texts,
    ...rewriting,
    ...createConsents({ store, turns, remembered }),
    async stop(sessionId) {
      await sessionThatIs(store, sessionId);
      const stopped = await turns.stop(sessionId);
      return stopped === undefined ? undefined : store.messages.get(stopped);
    },
    async openSteps() {
      const found = await Promise.all((await turns.openSteps()).map((id) => store.messages.get(id)));
      return found.flatMap((message) =>
        message?.turn?.state === 'running' || message?.turn?.state === 'waiting' ? [message] : [],
      );
    },
    remembered: remembered.all,
    forget: remembered.remove,
    async followUps(taskId) {
      if ((await store.tasks.get(taskId)) === undefined)
        throw new AppError('task_not_found', `There is no task ${taskId}.`);
      return followUps.of(taskId);
    },
    addFollowUp: followUps.add,
    changeFollowUp: followUps.change,
    removeFollowUp: followUps.remove,
    async mute(taskId, muted) {
      if ((await store.tasks.get(taskId)) === undefined)
        throw new AppError('task_not_found', `There is no task ${taskId}.`);
      await background.mute(taskId, muted);
    },
    async reaction(taskId) {
      if ((await store.tasks.get(taskId)) === undefined)
        throw new AppError('task_not_found', `There is no task ${taskId}.`);
      return { awaited: await background.isAwaited(taskId), muted: await background.isMuted(taskId) };
    },
    recover: turns.recover,
    async takeOver(gone) {
      await turns.takeOver(gone);
      await followUps.takeOver(gone);
    },
    letGo: turns.letGo,
    async open() {
      const unfollow = store.writer.onCommit(onCommit);
      const unfollowOthers = store.changes.followOthers(onForeign);
      undo = () => {
        unfollow();
        unfollowOthers();
      };
      await turns.open();
      await followUps.open();
    },
    offerAgain() {
      for (const sessionId of background.sessions()) turns.wake(sessionId);
    },
    async close() {
      undo?.();
      for (const callOff of waitsForOthers.values()) callOff();
      followUps.close();
      await titles.close();
      await turns.close();
      await sockets.close();
    },
  };
}
