import type { Clock } from '../../../base/clock.ts';
import type { Logger } from '../../../base/log.ts';
import type { Store } from '../../../store/ports.ts';
import { createLookout } from '../lookout.ts';

/** The time is looked at this often in any case. */
const LOOK_MS = 15_000;
const PAGE = 200;
/** Those that are fired together share a sync of the disk. */
const AT_ONCE = 100;
const RETRY_MS = 1_000;
/** Less is what keeping a clock right does all the time. */
const SET_BACK_MS = 1_000;
/** What another host is to fire waits for it so long. */
export const GRACE_MS = 200;
/** While others fire what is theirs. */
const LOOK_AGAIN_MS = 25;

/** Watches the time, and fires what is due. */
export interface FiringClock {
  open(): void;
  close(): Promise<void>;
}

/**
 * Sleeps until the next due time that is kept, or until an assignment changes; then fires all that is due, page by
 * page. It keeps no list of its own: what is due is asked of the store, so nothing is forgotten and a restart is
 * nothing special.
 * When the clock was set back, what was planned by the wrong time is planned anew.
 * @param isOurs whether this host is to fire it first, so that hosts that share a database do not all race for each
 * @param fire fires one assignment; after it, the assignment is due later or not at all
 */
export function createFiringClock(parts: {
  store: Pick<Store, 'assignments' | 'changes'>;
  clock: Clock;
  log: Logger;
  isOurs: (id: string) => boolean;
  fire: (id: string) => Promise<void>;
  /** Plans one anew, because the clock was set back. */
  setBack: (id: string) => Promise<unknown>;
}): FiringClock {
  const { store, clock, log, isOurs, fire, setBack } = parts;
  let lookedMs = Number.NEGATIVE_INFINITY;
  let isOpen = false;
  let unfollow = () => {};
  const lookout = createLookout({
    clock,
    longestMs: LOOK_MS,
    look,
    failed: (error) => log.warn({ err: error }, 'assignments could not be fired; trying again'),
  });

  async function look(): Promise<number> {
    const nowMs = clock.now();
    if (nowMs < lookedMs - SET_BACK_MS) await planAll();
    lookedMs = nowMs;
    if ((await fireDue()) === 'left to others') return clock.now() + LOOK_AGAIN_MS;
    const nextDueMs = (await store.assignments.nextDueAt()) ?? Number.POSITIVE_INFINITY;
    // One that cannot be fired keeps nobody else waiting for long.
    return nextDueMs <= lookedMs ? clock.now() + RETRY_MS : nextDueMs;
  }

  async function planAll(): Promise<void> {
    log.warn({}, 'the clock was set back; all times are planned anew');
    for (let cursor: string | undefined; isOpen; ) {
      const page = await store.assignments.list({
        states: ['on'],
        limit: PAGE,
        ...(cursor !== undefined && { cursor }),
      });
      for (const { id } of page.assignments) await setBack(id);
      cursor = page.nextCursor;
      if (cursor === undefined) return;
    }
  }

  async function fireDue(): Promise<'all' | 'left to others'> {
    let before = '';
    for (;;) {
      const nowMs = clock.now();
      const found = await store.assignments.due(nowMs, PAGE);
      const due = found.filter(
        ({ id, nextDueAt = '' }) => isOurs(id) || nowMs - Date.parse(nextDueAt) >= GRACE_MS,
      );
      if (due.length === 0) return found.length === 0 ? 'all' : 'left to others';
      // What is due as before although it was fired would be so for ever; it has time until the next look.
      const state = due.map(({ id, nextDueAt }) => `${id} ${nextDueAt}`).join();
      if (state === before) {
        log.error({ due: due.length }, 'assignments stay due although they were fired');
        return 'all';
      }
      before = state;
      const left = due.map(({ id }) => id);
      const lane = async () => {
        for (let id = left.shift(); id !== undefined && isOpen; id = left.shift())
          await fire(id).catch((error) => log.error({ err: error, assignment: id }, 'could not be fired'));
      };
      await Promise.all(Array.from({ length: AT_ONCE }, lane));
      if (!isOpen) return 'all';
    }
  }

  return {
    open() {
      isOpen = true;
      unfollow = store.changes.follow((changes) => {
        const isSooner = changes.some(
          (change) =>
            change.type === 'assignment' &&
            change.assignment.state === 'on' &&
            change.assignment.nextDueAt !== undefined &&
            Date.parse(change.assignment.nextDueAt) < lookout.nextMs(),
        );
        if (isSooner) lookout.look();
      });
      lookout.open();
    },
    async close() {
      isOpen = false;
      unfollow();
      await lookout.close();
    },
  };
}
