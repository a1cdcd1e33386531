import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../../test/support/eventually.ts';
import type { Run } from '../../../assignment/run.ts';
import { systemClock } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import { createLogger } from '../../../base/log.ts';
import type { Store, Unnumbered } from '../../../store/ports.ts';
import type { RunQueue, RunQueueParts } from '../runs/run-queue.ts';

/** A store of its own, and a queue over it. */
export interface QueuePlace {
  readonly store: Store;
  queue(parts: RunQueueParts): RunQueue;
  remove(): Promise<void>;
}

/** What every queue of runs promises. They work in real time, as one of them keeps its jobs in another process. */
export function runQueueContract(name: string, newPlace: () => Promise<QueuePlace>): void {
  describe(name, () => {
    let place: QueuePlace;
    let queue: RunQueue | undefined;
    /** The runs that were handed out, in order; a run handed out goes on until it is ended. */
    let given: { readonly run: Run; end(): Promise<void> }[];
    let verdict: (run: Run) => 'performed' | 'left' | Error;

    beforeEach(async () => {
      place = await newPlace();
      given = [];
      verdict = () => 'performed';
    });
    afterEach(async () => {
      for (const { end } of given) await end();
      await queue?.close();
      queue = undefined;
      await place.store.close();
      await place.remove();
    });

    async function open(limit = 10): Promise<void> {
      queue = place.queue({
        store: place.store,
        clock: systemClock,
        log: createLogger('silent'),
        limit,
        async perform(run) {
          const said = verdict(run);
          const over = Promise.withResolvers<void>();
          const end = async () => {
            over.resolve();
            if (said === 'performed') await write({ ...run, state: 'completed', endedAt: iso(0) });
          };
          given.push({ run, end });
          if (said instanceof Error) throw said;
          if (said === 'left') return 'left';
          await write({ ...run, state: 'running', startedAt: iso(0) });
          await over.promise;
          return 'performed';
        },
      });
      await queue.open();
    }

    const iso = (inMs: number) => new Date(Date.now() + inMs).toISOString();
    const write = async (run: Unnumbered<Run>) => {
      await place.store.writer.commit([{ type: 'run', run }], 'durable');
    };
    async function waiting(more: Partial<Run> = {}): Promise<string> {
      const id = newId('run');
      await write({
        id,
        assignmentId: 'asg_1',
        key: id,
        cause: { type: 'person' },
        state: 'waiting',
        attempt: 1,
        notBefore: iso(0),
        createdAt: iso(0),
        steps: [],
        ...more,
      });
      return id;
    }
    const ids = () => given.map(({ run }) => run.id);

    it('hands out what is kept, once, and what was kept before it was opened', async () => {
      const before = await waiting();
      await open();
      await eventually(() => ids().includes(before));
      const after = await waiting();
      await eventually(() => ids().includes(after));
      queue?.offerAgain();
      await eventually(async () => (await place.store.runs.get(after))?.state === 'running');
      expect(ids()).toEqual([before, after]);
    });

    it('hands out nothing before its time', async () => {
      await open();
      const id = await waiting({ notBefore: iso(400) });
      await eventually(() => ids().includes(id));
      expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(given[0]!.run.notBefore));
    });

    it('hands out no more than its limit, in the order in which they were due', async () => {
      const due = [await waiting({ notBefore: iso(-3_000) }), await waiting({ notBefore: iso(-2_000) })];
      const third = await waiting({ notBefore: iso(-1_000) });
      await open(2);
      await eventually(() => ids().length === 2);
      expect(ids().toSorted()).toEqual(due.toSorted());
      await given[0]!.end();
      await eventually(() => ids().includes(third));
    });

    it('offers again what was left, when a run of the same assignment has ended', async () => {
      let isFree = false;
      await open();
      const first = await waiting();
      await eventually(() => ids().includes(first));
      verdict = (run) => (run.id === first || isFree ? 'performed' : 'left');
      const behind = await waiting();
      await eventually(() => ids().includes(behind));
      isFree = true;
      await given[0]!.end();
      await eventually(async () => (await place.store.runs.get(behind))?.state === 'running');
    });

    it('hands out again what could not be performed', async () => {
      let tries = 0;
      verdict = () => (++tries === 1 ? new Error('a fault') : 'performed');
      await open();
      const id = await waiting();
      await eventually(async () => (await place.store.runs.get(id))?.state === 'running');
      expect(tries).toBe(2);
    });
  });
}
