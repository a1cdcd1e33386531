import { setImmediate } from 'node:timers';
import { AppError } from '../../base/errors.ts';
import type { Database, Script } from '../database.ts';
import type { Change, Durability, Write, Writer } from '../ports.ts';
import { type Counters, needsReserve } from './counters.ts';
import type { WriteBatch } from './write-batch.ts';

/** A group is closed at so many writes, so that nobody waits behind a very long transaction. */
const GROUP_WRITES = 2_000;

interface Member {
  readonly writes: readonly Write[];
  readonly durability: Durability;
  resolve(changes: readonly Change[]): void;
  reject(error: unknown): void;
}

interface Committed {
  readonly changes: readonly Change[];
  /** Set when numbers were reserved along the way. */
  readonly reserved?: number;
}

type Listener = (changes: readonly Change[]) => void;

export interface GroupWriter extends Writer {
  /** Refuses what comes from now on, and settles when what came before is done. */
  close(): Promise<void>;
}

/**
 * One transaction at a time. What comes while one runs goes into the next together: many callers share one sync of
 * the disk. A commit that finds nothing waiting runs at once, inside the call where the engine allows it.
 */
export function createWriter(
  database: Database,
  writeBatch: WriteBatch,
  counters: Counters,
  numbers: { last: number; reserved: number },
): GroupWriter {
  const listeners = new Set<Listener>();
  let waiting: Member[] = [];
  /** Members of a group that failed: each is tried alone, so that only the culprit fails. */
  let alone: Member[] = [];
  let busy = false;
  let closed: (() => void) | undefined;
  let { last, reserved } = numbers;

  function* transaction(group: readonly Member[], reserve: boolean): Script<Committed> {
    const writes = group.length === 1 ? group[0]!.writes : group.flatMap((member) => member.writes);
    const changes = yield* writeBatch(writes);
    return reserve ? { changes, reserved: yield* counters.reserve(changes.at(-1)!.seq) } : { changes };
  }

  function run(group: readonly Member[]): void {
    busy = true;
    const size = group.reduce((sum, { writes }) => sum + writes.length, 0);
    const reserve = needsReserve(last, size, reserved);
    const durable = reserve || group.some(({ durability }) => durability === 'durable');
    try {
      const outcome = database.write(durable ? 'durable' : 'quick', transaction(group, reserve));
      if (outcome instanceof Promise) {
        outcome
          .then(
            (done) => committed(group, done),
            (error) => failed(group, error),
          )
          .then(next);
        return;
      }
      committed(group, outcome);
    } catch (error) {
      failed(group, error);
    }
    // The engine blocks, so others can come only after the call. After a sync of the disk there may be many of
    // them, each with its own event: let them all come, and share the next one.
    if (durable) setImmediate(next);
    else queueMicrotask(next);
  }

  function committed(group: readonly Member[], done: Committed): void {
    const { changes } = done;
    last = changes.at(-1)!.seq;
    reserved = done.reserved ?? reserved;
    for (const listener of [...listeners]) {
      try {
        listener(changes);
      } catch {
        // Whoever listens answers for its own faults; what was committed stays committed.
      }
    }
    let from = 0;
    for (const { writes, resolve } of group) {
      resolve(group.length === 1 ? changes : changes.slice(from, from + writes.length));
      from += writes.length;
    }
  }

  function failed(group: readonly Member[], error: unknown): void {
    if (group.length === 1) group[0]!.reject(error);
    else alone = [...group];
  }

  function next(): void {
    const single = alone.shift();
    if (single) run([single]);
    else if (waiting.length > 0) run(nextGroup());
    else {
      busy = false;
      closed?.();
    }
  }

  function nextGroup(): readonly Member[] {
    let count = 0;
    let size = 0;
    while (count < waiting.length && size < GROUP_WRITES) size += waiting[count++]!.writes.length;
    const group = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return group;
  }

  return {
    commit(writes, durability) {
      if (writes.length === 0) return Promise.resolve([]);
      if (closed) return Promise.reject(new AppError('shutting_down', 'The store is closed.'));
      return new Promise((resolve, reject) => {
        const member = { writes, durability, resolve, reject };
        if (busy) waiting.push(member);
        else run([member]);
      });
    },
    onCommit(listener) {
      const added: Listener = (changes) => listener(changes); // one function may listen twice
      listeners.add(added);
      return () => listeners.delete(added);
    },
    close() {
      return new Promise((resolve) => {
        closed = resolve;
        if (!busy) resolve();
      });
    },
  };
}
