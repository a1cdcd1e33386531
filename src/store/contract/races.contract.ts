import { expect, it } from 'vitest';
import type { Store } from '../ports.ts';
import type { ContractStore } from '../store.contract.ts';
import { runWrite, sampleEvent, sampleRun } from './sample-assignments.ts';

const ROUNDS = 200;
/** Each round waits for the disk of a server that may be busy with other tests. */
const TIMEOUT_MS = 60_000;

/** Two stores open on one database, as two hosts would be that no lock keeps apart. */
export function racesContract({ store, another }: ContractStore): void {
  /** Each round both try at once, and one of them wins; returns the codes of those refused. */
  const race = async (round: (stores: readonly Store[]) => Promise<readonly Promise<unknown>[]>) => {
    const stores = [store(), await another()];
    const refusals: unknown[] = [];
    for (let n = 0; n < ROUNDS; n++) {
      // Who is asked first changes, and so does who of them wins.
      const outcomes = await Promise.allSettled(await round(n % 2 ? stores : stores.toReversed()));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) if (outcome.status === 'rejected') refusals.push(outcome.reason.code);
    }
    return refusals;
  };

  it(
    `one run for one key, ${ROUNDS} times`,
    async () => {
      const assignmentId = 'asg_key_race';
      const refusals = await race(async (stores) => {
        const { key } = sampleRun();
        return stores.map(({ writer }) =>
          writer.commit([runWrite(sampleRun({ assignmentId, key }), { isNew: true })], 'quick'),
        );
      });
      expect(refusals).toEqual(Array(ROUNDS).fill('run_exists'));
      expect(await store().runs.active(assignmentId)).toHaveLength(ROUNDS);
    },
    TIMEOUT_MS,
  );

  it(
    `one who begins a waiting run, ${ROUNDS} times`,
    async () => {
      const refusals = await race(async (stores) => {
        const run = sampleRun();
        await stores[0]!.writer.commit([runWrite(run, { isNew: true })], 'quick');
        return stores.map(({ writer }) =>
          writer.commit([runWrite({ ...run, state: 'running' }, { expects: ['waiting'] })], 'quick'),
        );
      });
      expect(refusals).toEqual(Array(ROUNDS).fill('run_taken'));
    },
    TIMEOUT_MS,
  );

  it(
    `one run for one event, ${ROUNDS} times`,
    async () => {
      const assignmentId = 'asg_event_race';
      const refusals = await race(async (stores) => {
        const event = sampleEvent();
        const accepted = await Promise.all(stores.map(({ inbox }) => inbox.accept(assignmentId, event)));
        expect(accepted.map(({ isNew }) => isNew).toSorted()).toEqual([false, true]);
        expect(accepted[0]!.inboxId).toBe(accepted[1]!.inboxId);
        const takes = [accepted[0]!.inboxId];
        return stores.map(({ writer }) =>
          writer.commit([runWrite(sampleRun({ assignmentId }), { isNew: true, takes })], 'quick'),
        );
      });
      expect(refusals).toEqual(Array(ROUNDS).fill('event_taken'));
      expect(await store().inbox.pending(assignmentId, 1)).toEqual([]);
    },
    TIMEOUT_MS,
  );
}
