import { first, rows, type Script } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { prepare } from '../prepare.ts';

/** How many numbers are reserved on disk at a time. */
const BLOCK = 20_000;

export interface Counters {
  /**
   * Takes the next numbers and returns the last of them. The first statement of a transaction: its row lock
   * makes transactions commit in the order of their numbers, whichever engine.
   */
  take(count: number): Script<number>;
  /** Must be durable, and at latest when numbers come near what is reserved. Returns what is reserved then. */
  reserve(last: number): Script<number>;
  /** Sets the last number to what was reserved, so that one lost in a power cut is never given twice. */
  skipReserved(): Script<{ readonly last: number; readonly reserved: number }>;
  /** Returns the new value. Its row lock holds up whoever else adds to this counter. */
  add(name: string, change: number): Script<number>;
}

export function createCounters({ queries }: Dialect): Counters {
  const increase = prepare((slot: { name: string; by: number }) =>
    queries
      .updateTable('counters')
      .set((eb) => ({ value: eb('value', '+', slot.by) }))
      .where('name', '=', slot.name)
      .returning('value'),
  );
  const raise = prepare((slot: { name: string; value: number }) =>
    queries
      .updateTable('counters')
      .set({ value: slot.value })
      .where('name', '=', slot.name)
      .where('value', '<', slot.value),
  );
  const read = prepare((slot: { name: string }) =>
    queries.selectFrom('counters').select('value').where('name', '=', slot.name),
  );

  const counters: Counters = {
    *take(count) {
      return yield* counters.add('seq', count);
    },
    *reserve(last) {
      const reserved = last + BLOCK;
      yield* rows(raise({ name: 'seq_reserved', value: reserved }));
      return reserved;
    },
    *skipReserved() {
      yield* counters.take(0); // the lock
      const reserved = (yield* first(read({ name: 'seq_reserved' })))!.value;
      yield* rows(raise({ name: 'seq', value: reserved }));
      const last = yield* counters.take(0);
      return { last, reserved: yield* counters.reserve(last) };
    },
    *add(name, change) {
      return (yield* first(increase({ name, by: change })))!.value;
    },
  };
  return counters;
}

/** True when so many more numbers would come too near to what is reserved (others may take some meanwhile). */
export const needsReserve = (last: number, count: number, reserved: number): boolean =>
  last + count + BLOCK / 2 > reserved;
