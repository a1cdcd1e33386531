import { type Clock, isoNow } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import { newId } from '../../../base/ids.ts';
import type { Logger } from '../../../base/log.ts';
import type { Store, Write } from '../../../store/ports.ts';
import type { Message, Session, TurnStep } from '../../../store/records.ts';
import type { Models } from '../models/directory.ts';
import type { AssistantPorts } from '../ports.ts';
import { offeredTools } from '../tools/offered-tools.ts';
import type { OwnTools } from '../tools/own-tools.ts';
import type { RememberedAnswers } from '../tools/remembered.ts';
import { type Answered, askModel } from './ask-model.ts';
import type { Background } from './background.ts';
import { createNeeds } from './needs.ts';
import { openStep, type SteeredStep } from './open-step.ts';
import { runUses, settleLeftUses, usesOf } from './run-uses.ts';
import { createRunningNotes, type RunningNotes, type RunningStep } from './running-notes.ts';
import { type StepMessage, stepWriter } from './step-writer.ts';
import { limitReached, NOTHING_SPENT, type Spent, spentWith } from './turn-limits.ts';

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
  /** The messages of the steps that go on, or wait for a person, at whichever host. */
  openSteps(): Promise<readonly string[]>;
  /** How many go on and wait for nobody. */
  goingOn(): number;
  /**
   * Begins a turn. Settles when its first step, and what is written alongside, is on disk.
   * @throws {AppError} the store's error; then nothing has begun
   */
  begin(step: NewStep): Promise<readonly Message[]>;
  /** Something was said or has ended: a turn is taken, now or when the one that goes on is over, if there is a need. */
  wake(sessionId: string): void;
  /**
   * Ends what goes on in a chat, here or at another host, and begins nothing else; settles when it has.
   * @returns the message of the step that was ended, if one went on
   */
  stop(sessionId: string): Promise<string | undefined>;
  /** The step that goes on in a chat at another host that is there. */
  readonly elsewhere: RunningNotes['elsewhere'];
  /** Settles when nothing goes on in a chat. */
  idle(sessionId: string): Promise<void>;
  /** Marks what an earlier start left: interrupted, unless it waits for a person. */
  recover(): Promise<void>;
  open(): Promise<void>;
  /** Does for the chats of a host that is gone what its next start would do. */
  takeOver(host: string): Promise<void>;
  /** Others have taken over what goes on here. */
  letGo(): void;
  close(): Promise<void>;
}

interface Worker {
  step?: SteeredStep;
  /** Something has come in that the newest step may not have been told. */
  woken: boolean;
  /** A person has stopped it before there was a step to stop. */
  halted: boolean;
  done: Promise<void>;
}

/** What one step hands on to the next. */
interface Going {
  readonly step: SteeredStep;
  readonly session: Session;
  readonly spent: Spent;
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
  const needs = createNeeds({ store, models, background, clock });
  const running = createRunningNotes(store);
  const workers = new Map<string, Worker>();
  let waiting: readonly Message[] = [];
  let closing = false;

  async function sessionThatIs(sessionId: string): Promise<Session | undefined> {
    const session = await store.sessions.get(sessionId);
    return session?.deletedAt === undefined ? session : undefined;
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

  /**
   * The step is on disk before the model is asked: all that stands before it in the chat is what it is told.
   * @param write puts it there, with what belongs to it
   */
  async function openNew<T>(worker: Worker, wanted: NewStep, write: (step: Write) => Promise<T>) {
    const message = stepMessage(wanted);
    await running.begun(wanted.sessionId, message.id);
    const written = await write({ type: 'message', message });
    const step = openStep(stepWriter(store, clock, log, message), wanted.cause);
    worker.step = step;
    if (closing) step.leave();
    if (worker.halted) step.stop();
    return { step, written };
  }

  const openFirst = (worker: Worker, wanted: NewStep) =>
    openNew(worker, wanted, (step) => store.writer.commit([...(wanted.alongside ?? []), step], 'durable'));

  /** Works until there is nothing left to do in this chat. */
  function work(sessionId: string, first: (worker: Worker) => Promise<Going | undefined>): void {
    const worker: Worker = { woken: false, halted: false, done: Promise.resolve() };
    workers.set(sessionId, worker);
    worker.done = (async () => {
      try {
        let going = await first(worker);
        for (;;) {
          while (going !== undefined) going = await perform(worker, going);
          delete worker.step;
          worker.halted = false;
          if (!worker.woken || closing) return;
          worker.woken = false;
          going = await beginIfNeeded(worker, sessionId);
        }
      } catch (error) {
        await brokeOff(worker, error);
      } finally {
        workers.delete(sessionId);
      }
    })();
  }

  /** What we did not foresee is told in the chat too, and can be continued. */
  async function brokeOff({ step }: Worker, error: unknown) {
    if (closing) return; // the next start finds it
    log.error({ err: error }, 'a turn broke off');
    const message = error instanceof AppError ? error.detail : 'Something went wrong inside.';
    if (step !== undefined)
      await end(step, { state: 'failed', error: { code: 'internal', message } }).catch(() => {});
  }

  /** One step from its question to the answers of its tools. @returns the step that follows in the same turn */
  async function perform(worker: Worker, { step, session, spent }: Going): Promise<Going | undefined> {
    const { writer } = step;
    const limits = models.limits();
    const tools = offeredTools(ports.servers(), own.tools, session.tools);
    const isTakenUp = usesOf(writer.message().parts).length > 0; // it waited for a person over a restart
    if (!isTakenUp) {
      await needs.told(writer.sessionId, writer.id);
      const left = limits.outputTokens === undefined ? undefined : limits.outputTokens - spent.outputTokens;
      const answer = await askModel(step, tools, { store, models, clock, log, maxOutputTokens: left });
      if (answer.type === 'left') return leave(step);
      if (answer.type !== 'answered' || answer.flaw !== undefined) return end(step, endOf(answer));
    }
    if (usesOf(writer.message().parts).length === 0) return end(step, { state: 'done' });
    await runUses(step, session, tools, limits.detachAfterMs, parts);
    if (step.isLeft()) return leave(step);
    if (step.stopped()) return end(step, { state: 'stopped' });
    const { turn } = writer.message();
    const now = spentWith(spent, turn);
    const reached = limitReached(turn.step, now, limits);
    if (reached !== undefined) return end(step, { state: 'stopped', error: reached });
    const current = await sessionThatIs(writer.sessionId);
    if (current === undefined) return end(step, { state: 'stopped' });
    // The end of this step and the beginning of the next one are one commit: a crash leaves the one or the other.
    writer.turn({ state: 'done', endedAt: isoNow(clock) });
    const { sessionId } = writer;
    const { modelId, cause, id: turnId } = turn;
    const next = { sessionId, modelId, cause, turnId, step: turn.step + 1 };
    const opened = await openNew(worker, next, (write) => writer.keep([write]));
    return { step: opened.step, session: current, spent: now };
  }

  async function end({ writer }: SteeredStep, change: Partial<TurnStep>): Promise<undefined> {
    if (change.state !== 'done') {
      const uses = await settleLeftUses(usesOf(writer.message().parts), writer.sessionId, parts);
      writer.parts((all) =>
        all.map((part) => {
          if (part.type === 'use') return uses.find(({ callId }) => callId === part.callId) ?? part;
          return part.type === 'approval' && part.state === 'open' ? { ...part, state: 'declined' } : part;
        }),
      );
    }
    writer.turn({ ...change, endedAt: isoNow(clock), retry: undefined });
    await writer.keep();
    await running.over(writer.sessionId);
    return undefined;
  }

  /** The host stops. What waits for a person goes on waiting; the rest is marked, and can be continued. */
  async function leave(step: SteeredStep): Promise<undefined> {
    if (step.writer.message().turn.state === 'waiting') return undefined;
    return end(step, { state: 'interrupted' });
  }

  async function beginIfNeeded(worker: Worker, sessionId: string): Promise<Going | undefined> {
    const session = await sessionThatIs(sessionId);
    if (session === undefined || !ports.mayBegin()) return undefined;
    const cause = await needs.of(session);
    if (cause === 'task_ended') await new Promise<void>((resolve) => void clock.after(GATHER_MS, resolve));
    const model = models.pick(session.modelId);
    if (cause === undefined || model === undefined || closing) return undefined;
    const { step } = await openFirst(worker, { sessionId, modelId: model.id, cause });
    return { step, session, spent: NOTHING_SPENT };
  }

  /** Marks the steps that were cut off. @returns those that wait for a person, to be taken up */
  async function account(left: readonly RunningStep[]): Promise<readonly Message[]> {
    const waits: Message[] = [];
    for (const { sessionId, messageId } of left) {
      const message = await store.messages.get(messageId);
      if (message?.turn?.state === 'waiting' && message.supersededBy === undefined) waits.push(message);
      else if (message?.turn?.state === 'running')
        await end(openStep(stepWriter(store, clock, log, message as StepMessage), message.turn.cause), {
          state: 'interrupted',
        });
      else await running.over(sessionId);
    }
    return waits;
  }

  async function stopElsewhere(sessionId: string): Promise<string | undefined> {
    const there = await running.elsewhere(sessionId);
    if (there !== undefined) await store.hosts?.ask(there.host, { what: 'stop turn', body: { sessionId } });
    return there?.messageId;
  }

  function takeUp(message: Message): void {
    work(message.sessionId, async (worker) => {
      const session = await sessionThatIs(message.sessionId);
      if (session === undefined || message.turn === undefined) return undefined;
      const writer = stepWriter(store, clock, log, message as StepMessage);
      worker.step = openStep(writer, message.turn.cause);
      return { step: worker.step, session, spent: NOTHING_SPENT };
    });
  }

  return {
    step: (sessionId) => workers.get(sessionId)?.step,
    isActive: (sessionId) => workers.has(sessionId),
    openSteps: async () => (await running.all()).map(({ messageId }) => messageId),
    goingOn: () =>
      [...workers.values()].filter(({ step }) => step?.writer.message().turn.state === 'running').length,
    async begin(wanted) {
      const { sessionId } = wanted;
      const session = await sessionThatIs(sessionId);
      if (session === undefined) throw new AppError('session_not_found', `There is no session ${sessionId}.`);
      if (workers.has(sessionId)) throw new AppError('turn_not_open', 'A turn goes on in this chat already.');
      const begun = Promise.withResolvers<readonly Message[]>();
      work(sessionId, async (worker) => {
        try {
          const { step, written } = await openFirst(worker, wanted);
          begun.resolve(written.flatMap((change) => (change.type === 'message' ? [change.message] : [])));
          return { step, session, spent: NOTHING_SPENT };
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
    async stop(sessionId) {
      const worker = workers.get(sessionId);
      if (worker === undefined) return stopElsewhere(sessionId);
      worker.woken = false;
      worker.halted = true;
      worker.step?.stop();
      const id = worker.step?.writer.id;
      await worker.done;
      return id;
    },
    async idle(sessionId) {
      for (let worker = workers.get(sessionId); worker !== undefined; worker = workers.get(sessionId))
        await worker.done;
    },
    async recover() {
      await background.load();
      waiting = await account(await running.of());
    },
    async open() {
      for (const message of waiting) takeUp(message);
      waiting = [];
      for (const sessionId of background.sessions()) this.wake(sessionId);
    },
    async takeOver(gone) {
      const sessions = await background.adopt(gone);
      for (const message of await account(await running.of(gone))) {
        await running.begun(message.sessionId, message.id);
        takeUp(message);
      }
      for (const sessionId of sessions) this.wake(sessionId);
    },
    letGo() {
      for (const worker of workers.values()) worker.step?.leave();
    },
    elsewhere: running.elsewhere,
    async close() {
      closing = true;
      for (const worker of workers.values()) worker.step?.leave();
      await Promise.all([...workers.values()].map(({ done }) => done));
    },
  };
}

/** How a step ends whose answer did not come, or not whole. */
function endOf(answer: Exclude<Answered, { type: 'left' }>): Partial<TurnStep> {
  if (answer.type === 'stopped') return { state: 'stopped' };
  if (answer.type === 'failed')
    return { state: 'failed', error: { code: answer.code, message: answer.message } };
  return {
    state: 'failed',
    error:
      answer.flaw === 'refused'
        ? { code: 'model_refused', message: 'The provider of the model has withheld the answer.' }
        : { code: 'limit_tokens', message: 'The answer was cut short: the model may write no more at once.' },
  };
}
