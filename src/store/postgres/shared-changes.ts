import type { Clock } from '../../base/clock.ts';
import type { Change, Store } from '../ports.ts';

const PAGE = 500;
const RETRY_MS = 250;

type Listener = (changes: readonly Change[]) => void;

/** All changes in order of seq, whichever host made them. */
export interface SharedChanges {
  follow(listener: Listener): () => void;
  followOthers(listener: Listener): () => void;
  /** Others have committed up to `seq`, as far as is known. */
  hint(seq: number): void;
  close(): Promise<void>;
}

/**
 * Commits happen in order of seq, so where one of ours follows on what was told it is told at once; where there is a
 * gap, another host has been faster, and what it wrote is read first.
 * @param head what has been committed so far
 */
export function shareChanges(
  { writer, changes }: { writer: Store['writer']; changes: Pick<Store['changes'], 'since'> },
  head: number,
  clock: Clock,
): SharedChanges {
  const listeners = new Set<Listener>();
  const ofOthers = new Set<Listener>();
  /** Our own seqs that have not been told yet, ascending. */
  const own = new Set<number>();
  let told = head;
  let wanted = head;
  let reading: Promise<void> | undefined;
  let wake = () => {};
  let isClosed = false;

  function tell(some: readonly Change[]): void {
    told = some.at(-1)?.seq ?? told;
    const foreign = ofOthers.size === 0 ? [] : some.filter(({ seq }) => !own.has(seq));
    forgetOwn();
    for (const listener of [...listeners]) call(listener, some);
    if (foreign.length > 0) for (const listener of [...ofOthers]) call(listener, foreign);
  }

  function call(listener: Listener, some: readonly Change[]): void {
    try {
      listener(some);
    } catch {
      // As with commits: who listens answers for its own faults.
    }
  }

  function forgetOwn(): void {
    for (const seq of own) {
      if (seq > told) return;
      own.delete(seq);
    }
  }

  function add(to: Set<Listener>, listener: Listener): () => void {
    const added: Listener = (some) => listener(some);
    to.add(added);
    return () => to.delete(added);
  }

  const undo = writer.onCommit((changes) => {
    const [first] = changes;
    if (first === undefined) return;
    for (const { seq } of changes) own.add(seq);
    if (reading === undefined && first.seq === told + 1) tell(changes);
    else want(changes.at(-1)!.seq);
  });

  function want(seq: number): void {
    wanted = Math.max(wanted, seq);
    if (wanted <= told || isClosed) return;
    reading ??= read().finally(() => {
      reading = undefined;
      want(wanted);
    });
  }

  async function read(): Promise<void> {
    try {
      while (told < wanted && !isClosed) {
        const upTo = wanted;
        const page = await changes.since(told, PAGE);
        if (page.length > 0) tell(page);
        // Numbers that no record bears: it has been written again since, or they were skipped.
        if (page.length < PAGE) {
          told = Math.max(told, upTo);
          forgetOwn();
        }
      }
    } catch {
      await pause();
    }
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const callOff = clock.after(RETRY_MS, resolve);
      wake = () => {
        callOff();
        resolve();
      };
      if (isClosed) wake();
    });
  }

  return {
    follow: (listener) => add(listeners, listener),
    followOthers: (listener) => add(ofOthers, listener),
    hint: want,
    async close() {
      isClosed = true;
      undo();
      wake();
      await reading;
    },
  };
}
