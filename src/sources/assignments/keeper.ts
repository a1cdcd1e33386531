import type { Assignment } from '../../assignment/assignment.ts';
import { AppError } from '../../base/errors.ts';
import type { Store, Unnumbered, Write } from '../../store/ports.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** Other hosts may be faster so often before it is taken for a fault. */
const MOST_TRIES = 50;

/** Reads an assignment, makes something else of it, and writes it back with what belongs to the change. */
export interface Keeper {
  /**
   * @param change from the newest state; `undefined` writes nothing. Asked again when another host was faster
   * @throws {AppError} `assignment_not_found`, and the store's errors
   */
  change(
    id: string,
    change: (assignment: Assignment) => Changed | undefined | Promise<Changed | undefined>,
  ): Promise<Assignment>;
  /**
   * For the same assignment, one after the other with its changes. Done again, from the reading on, when another host
   * has written the assignment in between (`assignment_changed`).
   */
  alone<T>(id: string, work: () => Promise<T>): Promise<T>;
}

export interface Changed {
  readonly assignment: Unnumbered<Assignment>;
  readonly hookTokenHash?: string | null;
  /** Written in the same commit. */
  readonly alongside?: readonly Write[];
}

export function createKeeper(store: Pick<Store, 'assignments' | 'writer'>): Keeper {
  const inTurn = oneAtATime();
  const alone: Keeper['alone'] = (id, work) => inTurn(id, () => untilUnchanged(work));
  return {
    alone,
    change: (id, change) =>
      alone(id, async () => {
        const before = await store.assignments.get(id);
        if (before === undefined) throw new AppError('assignment_not_found', `There is no assignment ${id}.`);
        const changed = await change(before);
        if (changed === undefined) return before;
        const { assignment, hookTokenHash, alongside = [] } = changed;
        const write: Write = {
          type: 'assignment',
          assignment,
          expectsSeq: before.seq,
          ...(hookTokenHash !== undefined && { hookTokenHash }),
        };
        const [done] = await store.writer.commit([write, ...alongside], 'durable');
        return done?.type === 'assignment' ? done.assignment : before;
      }),
  };
}

async function untilUnchanged<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await work();
    } catch (error) {
      const isChanged = error instanceof AppError && error.code === 'assignment_changed';
      if (!isChanged || tries === MOST_TRIES) throw error;
    }
}
