import type { Assignment } from '../../../assignment/assignment.ts';
import type { Run, RunStep } from '../../../assignment/run.ts';
import { type Clock, isoNow } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import type { Store, Unnumbered, Write } from '../../../store/ports.ts';
import type { Ending } from '../../../task/report.ts';
import type { Tracker } from '../../../tracker/tracker.ts';
import type { AssignmentPorts, StepOutcome } from '../../assignment-directory.ts';
import type { Keeper } from '../keeper.ts';
import { afterRun, assignmentWrite } from './after-run.ts';
import { endingOfRun } from './ending-of-run.ts';
import { isFilled, isTemplate, sentStep } from './fill-step.ts';
import { keptResults } from './kept-results.ts';
import { isForAssistant } from './new-run.ts';
import { retryOf } from './retry.ts';

type Draft = Unnumbered<Run>;

export interface Performing {
  readonly store: Pick<Store, 'assignments' | 'hosts' | 'notes' | 'runs' | 'sessions' | 'tasks' | 'writer'>;
  readonly tracker: Tracker;
  readonly keeper: Keeper;
  readonly ports: AssignmentPorts;
  readonly clock: Clock;
}

/** A run while it is performed; made for one try. */
export interface PerformedRun {
  /** Settles when the run has ended, or waits for its next try. Never rejects for what a call does. */
  readonly done: Promise<'ended' | 'waits'>;
  /** Stops it: the call that goes on is asked to stop, and no further one begins. */
  stop(reason: 'cancelled' | 'shutdown'): void;
}

/**
 * Performs the steps of a run, one after the other. Each is on disk as sent before it is sent, together with the end of
 * the one before it; so after a crash it is known what was done, and nothing is done twice.
 * @param begun the run as it was committed: running, with its task
 * @param planned its steps before that, where it has just begun: then its first one may stand there as sent already,
 *   and it is still to be sent
 */
export function performRun(
  parts: Performing,
  assignment: Assignment,
  begun: Draft,
  planned?: readonly RunStep[],
): PerformedRun {
  const { store, tracker, keeper, ports, clock } = parts;
  const abort = new AbortController();
  const leaving = Promise.withResolvers<'left'>();
  const taskId = begun.taskId ?? '';
  const results = keptResults(store.notes, begun);
  let run = begun;
  // Asked for before it was taken up.
  let stopped: 'cancelled' | 'shutdown' | undefined =
    tracker.current(taskId)?.cancel.requestedAt === undefined ? undefined : 'cancelled';
  if (stopped !== undefined) abort.abort(new Error(stopped));

  async function keep(change: Partial<Draft>): Promise<void> {
    run = { ...run, ...change };
    await store.writer.commit([{ type: 'run', run }], 'durable');
  }

  const withStep = (at: number, step: RunStep) => run.steps.map((each, n) => (n === at ? step : each));
  const keepStep = (at: number, step: RunStep) => keep({ steps: withStep(at, step) });

  function tell(at: number) {
    const step = run.steps[at];
    const total = run.steps.length;
    if (step === undefined) return;
    const what = isForAssistant(step.call) ? 'the assistant' : `${step.call.server}.${step.call.tool}`;
    const message = total === 1 ? what : `Step ${at + 1} of ${total}: ${what}`;
    void tracker.note({
      type: 'progressed',
      taskId,
      progress: { value: at, total, unit: 'steps', message },
    });
  }

  /** The step as it is kept before it is sent, or why it cannot be sent. */
  async function sent(step: RunStep, before: readonly StepOutcome[]): Promise<ReturnType<typeof sentStep>> {
    const { server, tool } = step.call;
    const needsFields = isTemplate(step) && !isForAssistant(step.call);
    try {
      const shellFields = needsFields ? await ports.shellFields(server, tool) : [];
      return sentStep(step, assignment, run, before, isoNow(clock), shellFields);
    } catch (error) {
      return { problem: error instanceof AppError ? error.detail : String(error) };
    }
  }

  /** What became of a step; where it was sent before a crash, that is found out instead of sending it again. */
  async function outcomeOf(at: number, before: readonly StepOutcome[]): Promise<StepOutcome> {
    const step = run.steps[at]!;
    const isFresh = planned !== undefined && planned[at]?.state !== 'sent';
    if (step.state === 'sent' && !isFresh) {
      const known = await ports.outcomeOf(step.callId ?? '', abort.signal);
      if (known !== undefined) return { ...(await results.of(at)), ...known };
    }
    if (step.state !== 'sent') {
      const next = await sent(step, before);
      if ('problem' in next) return { state: 'failed', failure: next.problem };
      await keepStep(at, next);
    }
    return stopped === undefined ? send(at, run.steps[at]!) : unsent(at, { state: 'cancelled' });
  }

  async function send(at: number, { call, callId = '' }: RunStep): Promise<StepOutcome> {
    if (isForAssistant(call)) return sayToAssistant(String(call.arguments.text), callId);
    try {
      return await ports.call(
        {
          callId,
          ...call,
          sessionId: assignment.sessionId,
          parentId: taskId,
          becameTask: (child) => void keepStep(at, { ...run.steps[at]!, taskId: child }).catch(() => {}), // found by its call all the same
        },
        abort.signal,
      );
    } catch (error) {
      const failure = error instanceof AppError ? error.detail : String(error);
      return unsent(at, { state: 'failed', failure });
    }
  }

  /** The step as it was before it was sent; with its placeholders, where they are still known. */
  function asPlanned(at: number): RunStep {
    const [before, step] = [(planned ?? begun.steps)[at]!, run.steps[at]!];
    if (!isFilled(before)) return { call: before.call, state: 'pending' };
    return {
      call: step.call,
      state: 'pending',
      ...(step.startedAt !== undefined && { startedAt: step.startedAt }),
    };
  }

  /** Nothing was sent, so the step is as it was: a later try may send it. */
  async function unsent(at: number, outcome: StepOutcome): Promise<StepOutcome> {
    await keepStep(at, asPlanned(at));
    return outcome;
  }

  /** What a step came to that an earlier start of the host, or an earlier try, has finished. */
  async function outcomeBefore(at: number): Promise<StepOutcome> {
    const { preview, taskId: child } = run.steps[at]!;
    const content = child === undefined ? undefined : await store.tasks.content(child);
    return {
      state: 'completed',
      ...(preview !== undefined && { preview }),
      ...(child !== undefined && { taskId: child }),
      ...(await results.of(at)),
      ...(content !== undefined && { content }),
    };
  }

  /** Without a model, a text is a reminder: it is its own result. */
  async function sayToAssistant(text: string, messageId: string): Promise<StepOutcome> {
    if (ports.say === undefined) return { state: 'completed', preview: text };
    try {
      return await ports.say({ sessionId: assignment.sessionId, text, messageId }, abort.signal);
    } catch (error) {
      return { state: 'failed', failure: error instanceof AppError ? error.detail : String(error) };
    }
  }

  async function perform(): Promise<'ended' | 'waits'> {
    const outcomes: StepOutcome[] = [];
    for (let at = 0; at < run.steps.length; at++) {
      if (run.steps[at]!.state === 'completed') {
        outcomes.push(await outcomeBefore(at));
        continue;
      }
      const isSent = run.steps[at]!.state === 'sent';
      if (stopped === 'cancelled' && !isSent) return end({ state: 'cancelled' });
      if (stopped === 'shutdown') return 'waits'; // the next start goes on from here
      tell(at);
      const outcome = await Promise.race([outcomeOf(at, outcomes), leaving.promise]);
      if (outcome === 'left') return 'waits';
      const { state, preview, failure, usage, taskId: child } = outcome;
      await results.keep(at, outcome);
      // On disk with the step that follows, or with the end of the run: until then its call tells of it.
      const steps = withStep(at, {
        ...run.steps[at]!,
        state,
        endedAt: isoNow(clock),
        ...(preview !== undefined && { preview }),
        ...(failure !== undefined && { failure }),
        ...(usage !== undefined && { usage }),
        ...(child !== undefined && { taskId: child }),
      });
      run = { ...run, steps };
      if (state !== 'completed') return end(outcome);
      outcomes.push(outcome);
    }
    const total = run.steps.length;
    void tracker.note({ type: 'progressed', taskId, progress: { value: total, total, unit: 'steps' } });
    return end(outcomes.at(-1) ?? { state: 'completed' });
  }

  async function end(outcome: StepOutcome): Promise<'ended' | 'waits'> {
    const state = stopped === 'cancelled' && outcome.state !== 'completed' ? 'cancelled' : outcome.state;
    const failed = run.steps.find(({ state }) => state !== 'completed' && state !== 'pending');
    const isSafe = failed && ports.isSafeToRepeat(failed.call.server, failed.call.tool);
    const retry = state === 'failed' || state === 'lost' ? retryOf(assignment, run, isSafe) : { no: '' };
    if ('afterMs' in retry) return tryAgain(retry.afterMs, outcome.failure ?? '');
    const note = [outcome.failure ?? '', retry.no].filter((text) => text !== '').join(' ');
    run = { ...run, state, endedAt: isoNow(clock), ...(note !== '' && { note }) };
    await settle(endingOfRun(run, outcome));
    await results.forget();
    return 'ended';
  }

  /** The end of the run, of its task, what it means for its assignment, and what is said of that: one commit. */
  async function settle(ending: Ending): Promise<void> {
    await keeper.alone(assignment.id, async () => {
      const newest = await store.assignments.get(assignment.id);
      const after = newest && afterRun(newest, run, isoNow(clock));
      const writes: Write[] = [{ type: 'run', run }];
      if (newest !== undefined && after !== undefined) writes.push(assignmentWrite(after.assignment, newest));
      if (after?.notice !== undefined)
        writes.push(...(await ports.notice(assignment.sessionId, after.notice)));
      const verdict = await tracker.note({ type: 'ended', taskId, ending }, writes);
      // A run never outlives its task.
      if (!verdict.ok) await store.writer.commit(writes, 'durable');
    });
  }

  async function tryAgain(afterMs: number, why: string): Promise<'waits'> {
    const notBefore = new Date(clock.now() + afterMs).toISOString();
    const tries = assignment.rules.retries + 1;
    const note = `Try ${run.attempt} of ${tries} failed. ${why}`.trim();
    const steps = run.steps.map((step, at) =>
      step.state === 'completed' || step.state === 'pending' ? step : asPlanned(at),
    );
    await keep({ state: 'waiting', attempt: run.attempt + 1, notBefore, note, steps });
    void tracker.note({ type: 'told', taskId, message: `${note} The next is at ${notBefore}.` });
    return 'waits';
  }

  return {
    done: perform(),
    stop(reason) {
      if (stopped !== undefined) return;
      stopped = reason;
      // When the host ends, calls end or go on by their own rules; the next start looks what became of them.
      if (reason === 'shutdown') leaving.resolve('left');
      else abort.abort(new Error(reason));
    },
  };
}
