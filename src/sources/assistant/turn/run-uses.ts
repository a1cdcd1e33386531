import type { Clock } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import { newId } from '../../../base/ids.ts';
import type { Logger } from '../../../base/log.ts';
import type { Store } from '../../../store/ports.ts';
import type { ApprovalPart, CallPart, MessagePart, Session, UsePart } from '../../../store/records.ts';
import type { Task } from '../../../task/task.ts';
import { capped, resultText } from '../context/told-text.ts';
import type { AssistantPorts } from '../ports.ts';
import { consentFor, type OfferedTool, OWN } from '../tools/offered-tools.ts';
import type { OwnTools } from '../tools/own-tools.ts';
import type { RememberedAnswers } from '../tools/remembered.ts';
import type { Background } from './background.ts';
import type { OpenStep } from './open-step.ts';
import { taskEnd } from './task-ends.ts';

export interface UseParts {
  readonly store: Pick<Store, 'tasks' | 'messages' | 'writer'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly ports: AssistantPorts;
  readonly own: OwnTools;
  readonly remembered: RememberedAnswers;
  readonly background: Background;
}

/**
 * Uses all tools that a step has asked for, side by side, and writes what the model is to be told of each. Settles when
 * every one of them has an answer, or when the step is left.
 */
export async function runUses(
  step: OpenStep,
  session: Session,
  offered: readonly OfferedTool[],
  detachAfterMs: number,
  parts: UseParts,
): Promise<void> {
  const open = usesOf(step.writer.message().parts).filter(
    ({ state }) => state === 'asked' || state === 'running',
  );
  const known = await parts.remembered.all();
  const asking = open.flatMap((use) => {
    if (use.state !== 'asked' || use.told !== undefined) return [];
    const tool = offered.find((each) => each.server === use.server && each.tool.name === use.tool);
    return tool !== undefined && consentFor(tool, session.ask, known) === 'ask' ? [use] : [];
  });
  askFor(step, asking);
  await step.writer.keep();
  await Promise.all(open.map((use) => runUse(use)));

  async function runUse(use: UsePart): Promise<void> {
    try {
      const told = await outcome(use);
      if (told !== undefined) answer(step, use.callId, told);
    } catch (error) {
      if (!(error instanceof AppError))
        parts.log.error({ err: error, tool: use.tool }, 'a tool could not be used');
      answer(step, use.callId, {
        state: 'answered',
        told: {
          text: error instanceof AppError ? error.detail : 'Something went wrong inside.',
          isError: true,
        },
      });
    }
    step.writer.frame();
  }

  /** What the model is told; undefined where the step is left, and the next start sees to it. */
  async function outcome(use: UsePart): Promise<Partial<UsePart> | undefined> {
    if (use.told !== undefined) return { state: 'answered' }; // could not be read
    if (use.state === 'running') return takenUp(use);
    const approval = approvalOf(step.writer.message().parts, use.callId);
    if (approval === undefined) {
      const tool = offered.find((each) => each.server === use.server && each.tool.name === use.tool);
      if (tool === undefined) return failed(`There is no tool ${use.server}.${use.tool} here.`);
      if (consentFor(tool, session.ask, known) === 'declined')
        return failed('The user has declined this tool once and for all.');
    } else {
      // After a restart its server may still be connecting: the call waits for it.
      const consent = approval.state === 'open' ? await step.consent(use.callId) : approval.state;
      if (consent === 'left') return undefined;
      if (consent === 'declined') return failed('The user has declined this.');
      if (consent === 'passed over')
        return failed('The user has not answered this, and said something else instead.');
    }
    if (step.stopped()) return failed('Not done: the user stopped you before.');
    if (use.server === OWN) return answered(await parts.own.run(use.tool, use.arguments, session.id));
    const messageId = newId('msg');
    // On disk before anything is sent: after a crash, the call is found by it, or was never made.
    set(step, use.callId, { state: 'running', messageId });
    await step.writer.keep();
    return called(use, messageId);
  }

  async function called({ server, tool, arguments: args }: UsePart, messageId: string) {
    const startedMs = parts.clock.now();
    const calling = parts.ports.call({ server, tool, arguments: args, sessionId: session.id, messageId });
    calling.catch(() => {});
    const answer = await Promise.race([calling, step.leaving]);
    if (answer === 'stopped')
      return failed(
        'The user stopped you before the answer came. Whether the tool did its work is not known.',
      );
    if (answer === 'left') return undefined;
    if (answer.taskId !== undefined) return ofTask(answer.taskId, startedMs);
    const text =
      answer.result === undefined ? (answer.failure?.message ?? '') : resultText(answer.result.content);
    const isError = answer.failure !== undefined || answer.result?.isError === true;
    return answered(text, isError);
  }

  /** Waits for the end of a task for a while, and then lets it go on in the background. */
  async function ofTask(taskId: string, startedMs: number): Promise<Partial<UsePart> | undefined> {
    const waited = parts.clock.now() - startedMs;
    const atOnce = step.cause !== 'assignment' && (await parts.ports.isHandedBack(taskId));
    const longEnough = Promise.withResolvers<void>();
    const callOff = parts.clock.after(atOnce ? 0 : Math.max(0, detachAfterMs - waited), longEnough.resolve);
    if (step.cause === 'assignment') callOff(); // its outcome is that of its run, however long it takes
    const givenUp = Promise.race([longEnough.promise, step.leaving, step.spokenTo]);
    const ended = await taskEnd(parts.store, taskId, givenUp);
    callOff();
    if (ended !== undefined) return { ...(await ofEnd(ended)), taskId };
    if (step.isLeft()) return undefined;
    await parts.background.add(taskId, session.id);
    return inBackground(taskId);
  }

  async function ofEnd(task: Task): Promise<Partial<UsePart>> {
    const content = await parts.store.tasks.content(task.id);
    const result = content === undefined ? task.result?.preview : resultText(JSON.parse(content));
    const words =
      task.status === 'completed' ? undefined : (task.failure?.message ?? task.statusMessage ?? task.status);
    const text = [result, words].filter((each) => each !== undefined && each !== '').join('\n');
    return answered(text, task.status !== 'completed');
  }

  /** A call that an earlier start of the host has made: what became of it stands in its message. */
  async function takenUp({ messageId = '' }: UsePart): Promise<Partial<UsePart> | undefined> {
    const message = await parts.store.messages.get(messageId);
    const call = message?.parts.find((part): part is CallPart => part.type === 'call');
    if (call === undefined) return failed('Not done: Meanwhile was stopped before it was sent.');
    if (call.taskId !== undefined) return ofTask(call.taskId, Date.parse(call.startedAt));
    return answered(call.preview ?? call.failure?.message ?? '', call.state !== 'completed');
  }
}

/** What becomes of uses when their turn does not go on: those that run are followed as tasks, the others were not done. */
export async function settleLeftUses(
  uses: readonly UsePart[],
  sessionId: string,
  parts: Pick<UseParts, 'store' | 'background'>,
): Promise<UsePart[]> {
  return Promise.all(
    uses.map(async (use) => {
      if (use.state === 'answered' || use.state === 'background') return use;
      const message = use.messageId === undefined ? undefined : await parts.store.messages.get(use.messageId);
      const call = message?.parts.find((part): part is CallPart => part.type === 'call');
      if (call === undefined) return { ...use, ...failed('Not done: Meanwhile was stopped before.') };
      if (call.taskId === undefined)
        return {
          ...use,
          ...answered(call.preview ?? call.failure?.message ?? '', call.state !== 'completed'),
        };
      await parts.background.add(call.taskId, sessionId);
      return { ...use, ...inBackground(call.taskId) };
    }),
  );
}

const failed = (text: string): Partial<UsePart> => ({ state: 'answered', told: { text, isError: true } });
const answered = (text: string, isError = false): Partial<UsePart> => ({
  state: 'answered',
  told: { text: capped(text), isError },
});
const inBackground = (taskId: string): Partial<UsePart> => ({
  state: 'background',
  taskId,
  told: {
    text: `Running in the background as task ${taskId}; its result will come by itself.`,
    isError: false,
  },
});

export const usesOf = (parts: readonly MessagePart[]): UsePart[] =>
  parts.filter((part) => part.type === 'use');
export const approvalOf = (parts: readonly MessagePart[], callId: string): ApprovalPart | undefined =>
  parts.find((part): part is ApprovalPart => part.type === 'approval' && part.callId === callId);

function set(step: OpenStep, callId: string, change: Partial<UsePart>) {
  step.writer.parts((all) =>
    all.map((part) => (part.type === 'use' && part.callId === callId ? { ...part, ...change } : part)),
  );
}

const answer = set;

/** Asks a person, and says that the turn waits. */
function askFor(step: OpenStep, uses: readonly UsePart[]) {
  const now = step.writer.message().parts;
  const asked = uses
    .filter(({ callId }) => approvalOf(now, callId) === undefined)
    .map(
      ({ callId, server, tool, arguments: args }): ApprovalPart => ({
        type: 'approval',
        callId,
        server,
        tool,
        arguments: args,
        state: 'open',
      }),
    );
  step.writer.parts((all) => [...all, ...asked]);
  const waits = step.writer.message().parts.some((part) => part.type === 'approval' && part.state === 'open');
  step.writer.turn({ state: waits ? 'waiting' : 'running' });
}
