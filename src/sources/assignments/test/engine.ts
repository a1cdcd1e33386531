import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { manualClock } from '../../../../test/support/manual-clock.ts';
import type { Assignment } from '../../../assignment/assignment.ts';
import type { Run } from '../../../assignment/run.ts';
import { newId } from '../../../base/ids.ts';
import { createLogger } from '../../../base/log.ts';
import type { Store } from '../../../store/ports.ts';
import { openSqliteStore } from '../../../store/sqlite/open-sqlite-store.ts';
import { createTracker, type Tracker } from '../../../tracker/tracker.ts';
import type { AssignmentDraft, StepOutcome, StepRequest } from '../../assignment-directory.ts';
import { type Assignments, createAssignments } from '../assignments.ts';

const STEP_MS = 5 * 60_000;

/** How a call of a test ends. */
export type Answer = (request: StepRequest, signal: AbortSignal) => Promise<StepOutcome>;

export interface Engine {
  readonly store: Store;
  readonly tracker: Tracker;
  readonly assignments: Assignments;
  readonly clock: ReturnType<typeof manualClock>;
  /** The calls that were sent, in order. */
  readonly sent: StepRequest[];
  readonly told: { readonly sessionId: string; readonly text: string }[];
  /** What a call that was sent before came to, as the world knows it. */
  readonly world: Map<string, StepOutcome>;
  make(draft?: Partial<AssignmentDraft>): Promise<Assignment>;
  runs(assignmentId?: string): Promise<readonly Run[]>;
  /** Moves the clock, and settles when all that this sets going has come to rest. */
  advance(ms: number): Promise<void>;
  /** Settles when no run waits that could begin and none goes on. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

export const done: Answer = async () => ({ state: 'completed', preview: 'done' });

export interface EngineOptions {
  readonly folder?: string;
  readonly startMs?: number;
  readonly answer?: Answer;
  readonly isSafe?: boolean;
  readonly limit?: number;
  readonly world?: Map<string, StepOutcome>;
  readonly mayBegin?: () => boolean;
  /** What happens at the start of a host before its assignments are opened. */
  readonly before?: (engine: Pick<Engine, 'tracker' | 'clock'>) => Promise<unknown>;
}

/** The source of assignments over a real store, with a clock that is moved by hand and calls that the test answers. */
export async function engine(options: EngineOptions = {}): Promise<Engine> {
  const folder = options.folder ?? tempFolder();
  const clock = manualClock(options.startMs ?? Date.parse('2026-03-02T08:00:00Z')); // a Monday
  const log = createLogger(process.env.MEANWHILE_LOG ?? 'silent');
  const store = await openSqliteStore({ file: join(folder, 'meanwhile.db') });
  const tracker = createTracker(store, clock, log);
  const sent: StepRequest[] = [];
  const told: Engine['told'] = [];
  const world = options.world ?? new Map<string, StepOutcome>();
  const answer = options.answer ?? done;
  const assignments = createAssignments({
    store,
    tracker,
    clock,
    log,
    hostZone: 'UTC',
    ...(options.limit !== undefined && { limit: options.limit }),
    ...(options.mayBegin && { mayBegin: options.mayBegin }),
    watcher: {
      watchResource: () => () => {},
      watchList: () => () => {},
      readResource: () => Promise.reject(new Error('the test has no servers')),
    },
    ports: {
      async call(request, signal) {
        sent.push(request);
        const outcome = await answer(request, signal);
        world.set(request.callId, outcome);
        return outcome;
      },
      outcomeOf: async (callId) => world.get(callId),
      isSafeToRepeat: () => options.isSafe,
      shellFields: async () => [],
      knownShellFields: () => [],
      problemOf: () => undefined,
      newSession: async (title) => {
        const now = new Date(clock.now()).toISOString();
        const session = { id: newId('sess'), title, kind: 'chat' as const, createdAt: now, updatedAt: now };
        await store.writer.commit([{ type: 'session', session }], 'durable');
        return session.id;
      },
      async notice(sessionId, text) {
        told.push({ sessionId, text });
        return [];
      },
    },
  });
  await options.before?.({ tracker, clock });
  await assignments.recover(
    (await store.tasks.active()).filter(({ source }) => source.type === 'assignment'),
  );
  await assignments.open();
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await assignments.close();
    await tracker.close();
    await store.close();
  };
  onTestFinished(close);

  const runs = async (assignmentId?: string) =>
    (await store.runs.list({ limit: 200, ...(assignmentId !== undefined && { assignmentId }) })).runs;
  async function rest() {
    for (let quiet = 0; quiet < 3; ) {
      clock.advance(0); // what was put off until now
      await new Promise((resolve) => setImmediate(resolve));
      const active = await store.runs.active();
      const due = await store.assignments.due(clock.now(), 1);
      const isBusy = active.some(
        ({ state, notBefore }) => state === 'running' || Date.parse(notBefore) <= clock.now(),
      );
      quiet = isBusy || due.length > 0 ? 0 : quiet + 1;
    }
  }
  return {
    store,
    tracker,
    assignments,
    clock,
    sent,
    told,
    world,
    runs,
    rest,
    close,
    async make(draft = {}) {
      const { assignment } = await assignments.create(
        {
          title: 'Backup',
          trigger: { type: 'timer', text: 'every hour' },
          work: {
            type: 'calls',
            calls: [{ server: 'command', tool: 'run', arguments: { command: 'true' } }],
          },
          ...draft,
        },
        'person',
      );
      return assignment;
    },
    async advance(ms) {
      // In steps that are short beside a schedule, because what the clock sets going takes turns of the event loop.
      for (let left = ms; left > 0; left -= STEP_MS) {
        clock.advance(Math.min(left, STEP_MS));
        await rest();
      }
    },
  };
}

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'meanwhile-assignments-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
