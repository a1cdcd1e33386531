import { type Clock, isoNow } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import { newId } from '../../../base/ids.ts';
import type { Logger } from '../../../base/log.ts';
import type { Store, Unnumbered, Write } from '../../../store/ports.ts';
import type { Message, Session, TurnStep } from '../../../store/records.ts';
import type { Models } from '../models/directory.ts';
import type { AssistantPorts } from '../ports.ts';
import { offeredTools } from '../tools/offered-tools.ts';
import type { OwnTools } from '../tools/own-tools.ts';
import type { RememberedAnswers } from '../tools/remembered.ts';
import { askModel } from './ask-model.ts';
import type { Background } from './background.ts';
import { loadAll, sinceLastStep } from './history.ts';
import { openStep, type SteeredStep } from './open-step.ts';
import { runUses, settleLeftUses, usesOf } from './run-uses.ts';
import { type StepMessage, stepWriter } from './step-writer.ts';

const RUNNING = 'assistant.turns';
/** Ends that come so soon after each other are told together. */
const GATHER_MS = 150;

export interface NewStep {
  readonly sessionId: string;
  readonly modelId: string;
  readonly cause: TurnStep['cause'];
  /** Goes on with this turn. */
  readonly turnId?: string;
  /** Its place in the turn; 1 where none is given. */
  readonly step?: number;
  /** Written in the same commit, before the step. */
  readonly alongside?: readonly Write[];
  /** Chosen before, where something else names it. */
  readonly messageId?: string;
}

/** The turns of all chats: at most one goes on in each. */
export interface Turns {
  /** The step that goes on in a chat. */
  step(sessionId: string): SteeredStep | undefined;
  isActive(sessionId: string): boolean;
  /**
   * Begins a turn. Settles when its first step, and what is written alongside, is on disk.
   * @throws {AppError} the store's error; then nothing has begun
   */
  begin(step: NewStep): Promise<readonly Message[]>;
  /** Something was said or has ended: a turn is taken, now or when the one that goes on is over, if there is a need. */
  wake(sessionId: string): void;
  /** Settles when nothing goes on in a chat. */
  idle(sessionId: string): Promise<void>;
  /** Marks what an earlier start left: interrupted, unless it waits for a person. */
  recover(): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
}

interface Worker {
  step?: SteeredStep;
  /** Something has come in that the newest step may not have been told. */
  woken: boolean;
  done: Promise<void>;
}

export function createTurns(parts: {
  store: Store;
  models: Models;
  ports: AssistantPorts;
  own: OwnTools;
  remembered: RememberedAnswers;
  background: Background;
  clock: Clock;
  log: Logger;
}): Turns {
  const { store, models, ports, own, background, clock, log } = parts;
  const workers = new Map<string, Worker>();
  let waiting: readonly Message[] = [];
  let closing = false;

  /** What one step hands on to the next. */
  interface Going {
    readonly step: SteeredStep;
    readonly session: Session;
    /** Of the steps of this turn before, as far as this start of the host has made them. */
    readonly spent: { readonly outputTokens: number; readonly cost: number };
  }

  async function existing(sessionId: string): Promise<Session> {
    const session = await store.sessions.get(sessionId);
    if (session === undefined || session.deletedAt !== undefined)
      throw new AppError('session_not_found', `There is no session ${sessionId}.`);
    return session;
  }

  function stepMessage({ sessionId, modelId, cause, turnId, step = 1, messageId }: NewStep): StepMessage {
    const now = isoNow(clock);
    return {
      id: messageId ?? newId('msg'),
      sessionId,
      role: 'assistant',
      parts: [],
      createdAt: now,
      turn: { id: turnId ?? newId('turn'), state: 'running', modelId, step, cause, startedAt: now },
    };
  }

  /** The step is on disk before the model is asked: all that stands before it in the chat is what it is told. */
  async function openNew(
    worker: Worker,
    wanted: NewStep,
  ): Promise<{ step: SteeredStep; written: readonly Message[] }> {
    const message = stepMessage(wanted);
    await store.notes.put(RUNNING, wanted.sessionId, { messageId: message.id });
    const changes = await store.writer.commit(
      [...(wanted.alongside ?? []), { type: 'message', message }],
      'durable',
    );
    const step = openStep(stepWriter(store, clock, log, message), wanted.cause);
    worker.step = step;
    if (closing) step.leave();
    return {
      step,
      written: changes.flatMap((change) => (change.type === 'message' ? [change.message] : [])),
    };
  }

  /** Works until there is nothing left to do in this chat. */
  function work(sessionId: string, first: (worker: Worker) => Promise<Going | undefined>): Worker {
    const worker: Worker = { woken: false, done: Promise.resolve() };
    workers.set(sessionId, worker);
    worker.done = (async () => {
      try {
        let going = await first(worker);
        for (;;) {
          while (going !== undefined) going = await perform(worker, going);
          delete worker.step;
          if (!worker.woken || closing) return;
          worker.woken = false;
          going = await beginIfNeeded(worker, sessionId);
        }
      } catch (error) {
        if (!closing) log.error({ err: error, session: sessionId }, 'a turn broke off');
      } finally {
        workers.delete(sessionId);
      }
    })();
    return worker;
  }

  /** One step from its question to the answers of its tools. @returns the step that follows in the same turn */
  async function perform(worker: Worker, { step, session, spent }: Going): Promise<Going | undefined> {
    const { writer } = step;
    const limits = models.limits();
    const isNew = usesOf(writer.message().parts).length === 0;
    const tools = offeredTools(ports.servers(), own.tools, session.tools);
    if (isNew) {
      await tellDeliveries(writer.sessionId, writer.id);
      const left = limits.outputTokens === undefined ? undefined : limits.outputTokens - spent.outputTokens;
      const answer = await askModel(step, tools, { store, models, clock, log, maxOutputTokens: left });
      if (answer.type === 'left') return leave(step);
      if (answer.type === 'stopped') return end(step, { state: 'stopped' });
      if (answer.type === 'failed')
        return end(step, { state: 'failed', error: { code: answer.code, message: answer.message } });
      if (answer.short)
        return end(step, {
          state: 'failed',
          error: {
            code: 'limit_tokens',
            message: 'The answer was cut short: the model may write no more at once.',
          },
        });
      if (answer.refused)
        return end(step, {
          state: 'failed',
          error: { code: 'model_refused', message: 'The provider of the model has withheld the answer.' },
        });
    }
    if (usesOf(writer.message().parts).length === 0) return end(step, { state: 'done' });
    await runUses(step, session, tools, limits.detachAfterMs, parts);
    if (step.isLeft()) return leave(step);
    if (step.stopped()) return end(step, { state: 'stopped' });
    const { turn } = writer.message();
    const now = {
      outputTokens: spent.outputTokens + (turn.usage?.outputTokens ?? 0),
      cost: spent.cost + (turn.usage?.cost ?? 0),
    };
    const reached = limitReached(turn.step, now, limits);
    if (reached !== undefined) return end(step, { state: 'stopped', error: reached });
    // The end of this step and the beginning of the next one are one commit: between them nothing can be lost.
    writer.turn({ state: 'done', endedAt: isoNow(clock) });
    await writer.keep();
    const next = await openNew(worker, {
      sessionId: writer.sessionId,
      modelId: turn.modelId,
      cause: turn.cause,
      turnId: turn.id,
      step: turn.step + 1,
    });
    return { step: next.step, session: await existing(writer.sessionId), spent: now };
  }

  async function end({ writer }: SteeredStep, change: Partial<TurnStep>): Promise<undefined> {
    const parts_ = writer.message().parts;
    if (change.state !== 'done') {
      const settled = await settleLeftUses(usesOf(parts_), writer.sessionId, parts);
      writer.parts((all) =>
        all.map((part) => {
          if (part.type === 'use') return settled.find(({ callId }) => callId === part.callId) ?? part;
          return part.type === 'approval' && part.state === 'open' ? { ...part, state: 'declined' } : part;
        }),
      );
    }
    writer.turn({ ...change, endedAt: isoNow(clock), retry: undefined });
    await writer.keep();
    await store.notes.remove(RUNNING, writer.sessionId);
    return undefined;
  }

  /** The host stops. What waits for a person goes on waiting; the rest is marked, and can be continued. */
  async function leave(step: SteeredStep): Promise<undefined> {
    if (step.writer.message().turn.state === 'waiting') return undefined;
    return end(step, { state: 'interrupted' });
  }

  /** The ends that stand before a step are told with it. */
  async function tellDeliveries(sessionId: string, stepId: string) {
    if (!background.sessions().has(sessionId)) return;
    const messages = await loadAll(store, sessionId);
    const before = messages.slice(
      0,
      messages.findIndex(({ id }) => id === stepId),
    );
    await background.told(
      before.flatMap(({ parts: all }) => all.flatMap((part) => (part.type === 'task' ? [part.task.id] : []))),
    );
  }

  /** A turn is needed where a person said something, or background work has ended, after the newest step. */
  async function beginIfNeeded(worker: Worker, sessionId: string): Promise<Going | undefined> {
    const session = await store.sessions.get(sessionId);
    if (session === undefined || session.deletedAt !== undefined || !ports.mayBegin()) return undefined;
    const { last, after } = await sinceLastStep(store, sessionId);
    if (last?.turn?.state === 'waiting') return undefined;
    const hasEnded = after.some(isFollowUp) || (await hasEnd(session, after));
    const cause = after.some(isSaid) ? 'said' : hasEnded ? 'task_ended' : undefined;
    if (cause === undefined) return undefined;
    if (cause === 'task_ended') {
      if (await isRunawayNow(sessionId)) return undefined;
      await pause(GATHER_MS);
      if (closing) return undefined;
    }
    const model = models.pick(session.modelId);
    if (model === undefined) return undefined;
    const { step } = await openNew(worker, { sessionId, modelId: model.id, cause });
    return { step, session, spent: NOTHING };
  }

  async function hasEnd(session: Session, after: readonly Message[]): Promise<boolean> {
    const ended = after.flatMap(({ parts: all }) =>
      all.flatMap((part) => (part.type === 'task' ? [part.task.id] : [])),
    );
    const mine = ended.filter((taskId) => background.has(taskId));
    const muted = await Promise.all(
      mine.map(async (taskId) => session.followUps === 'off' || background.isMuted(taskId)),
    );
    await background.told(mine.filter((_, at) => muted[at]));
    return muted.includes(false);
  }

  /** Turns that begin by themselves, one after the other, are held up: a person has to say a word. */
  async function isRunawayNow(sessionId: string): Promise<boolean> {
    const { selfStarted } = models.limits();
    const messages = (await loadAll(store, sessionId)).filter(
      ({ supersededBy }) => supersededBy === undefined,
    );
    const since = messages.slice(
      messages.findLastIndex((each) => each.role === 'user' && !isFollowUp(each)) + 1,
    );
    const turns = new Set(since.flatMap(({ turn }) => (turn?.cause === 'task_ended' ? [turn.id] : [])));
    if (turns.size < selfStarted) return false;
    const isSaid = since.some(({ parts: all }) =>
      all.some((part) => part.type === 'notice' && part.code === 'follow_ups_held'),
    );
    const message: Unnumbered<Message> = {
      id: newId('msg'),
      sessionId,
      role: 'system',
      createdAt: isoNow(clock),
      parts: [
        {
          type: 'notice',
          code: 'follow_ups_held',
          text: `The assistant has taken ${turns.size} turns in a row by itself, its limit. It goes on when you say something.`,
        },
      ],
    };
    if (!isSaid) await store.writer.commit([{ type: 'message', message }], 'durable');
    return true;
  }

  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));

  return {
    step: (sessionId) => workers.get(sessionId)?.step,
    isActive: (sessionId) => workers.has(sessionId),
    async begin(wanted) {
      const session = await existing(wanted.sessionId);
      const begun = Promise.withResolvers<readonly Message[]>();
      if (workers.has(wanted.sessionId))
        throw new AppError('turn_not_open', 'A turn goes on in this chat already.');
      work(wanted.sessionId, async (worker) => {
        try {
          const { step, written } = await openNew(worker, wanted);
          begun.resolve(written);
          return { step, session, spent: NOTHING };
        } catch (error) {
          begun.reject(error);
          return undefined;
        }
      });
      return begun.promise;
    },
    wake(sessionId) {
      if (closing) return;
      const worker = workers.get(sessionId);
      if (worker !== undefined) worker.woken = true;
      else work(sessionId, (made) => beginIfNeeded(made, sessionId));
    },
    async idle(sessionId) {
      for (let worker = workers.get(sessionId); worker !== undefined; worker = workers.get(sessionId))
        await worker.done;
    },
    async recover() {
      await background.load();
      const left: Message[] = [];
      for (const { key: sessionId, note } of await store.notes.all(RUNNING)) {
        const message = await store.messages.get((note as { messageId: string }).messageId);
        if (message?.turn?.state === 'waiting' && message.supersededBy === undefined) {
          left.push(message);
          continue;
        }
        if (message?.turn?.state === 'running') {
          const step = openStep(stepWriter(store, clock, log, message as StepMessage), message.turn.cause);
          await end(step, { state: 'interrupted' });
        }
        await store.notes.remove(RUNNING, sessionId);
      }
      waiting = left;
    },
    async open() {
      for (const message of waiting)
        work(message.sessionId, async (worker) => {
          const session = await store.sessions.get(message.sessionId);
          if (session === undefined || session.deletedAt !== undefined) return undefined;
          const step = openStep(stepWriter(store, clock, log, message as StepMessage), message.turn!.cause);
          worker.step = step;
          return { step, session, spent: NOTHING };
        });
      waiting = [];
      for (const sessionId of background.sessions()) this.wake(sessionId);
    },
    async close() {
      closing = true;
      for (const worker of workers.values()) worker.step?.leave();
      await Promise.all([...workers.values()].map(({ done }) => done));
    },
  };
}

const NOTHING = { outputTokens: 0, cost: 0 };

/** A person's word; commands are carried out by the chat, and want no answer. */
const isSaid = ({ role, parts }: Message): boolean =>
  role === 'user' &&
  !parts.some(isFollowUpNotice) &&
  parts.some((part) => part.type === 'text' && !part.text.trimStart().startsWith('/'));

const isFollowUpNotice = (part: Message['parts'][number]): boolean =>
  part.type === 'notice' && part.code === 'follow_up';

/** Said because a task has come so far: a reason for a turn, but no person's word. */
const isFollowUp = ({ parts }: Message): boolean => parts.some(isFollowUpNotice);

function limitReached(
  step: number,
  spent: { readonly outputTokens: number; readonly cost: number },
  limits: ReturnType<Models['limits']>,
): TurnStep['error'] {
  if (step >= limits.steps)
    return { code: 'limit_steps', message: `This turn has taken ${step} steps, its limit.` };
  if (limits.outputTokens !== undefined && spent.outputTokens >= limits.outputTokens)
    return {
      code: 'limit_tokens',
      message: `This turn has written ${spent.outputTokens} tokens; its limit is ${limits.outputTokens}.`,
    };
  if (limits.cost !== undefined && spent.cost >= limits.cost)
    return {
      code: 'limit_cost',
      message: `This turn has cost ${spent.cost.toFixed(4)}; its limit is ${limits.cost}.`,
    };
  return undefined;
}
