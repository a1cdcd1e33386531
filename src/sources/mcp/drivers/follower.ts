import type { Clock } from '../../../base/clock.ts';
import type { CallObserver, RunningCall, ServerLink } from './driver.ts';
import type { outcome } from './outcome.ts';

/** One way of following work; a call may change it on the way, as when its server makes it a task. */
export type Follower = Omit<RunningCall, 'done' | 'over'> & {
  /** Ends the listening and the timers. */
  close(): void;
};

/** What every follower is given: where to look, whom to tell, and how the end is told. */
export interface Following {
  readonly clock: Clock;
  readonly link: ServerLink;
  readonly observer: CallObserver;
  readonly end: ReturnType<typeof outcome>;
  /** From here on the work is followed in another way. */
  handOver(next: (following: Following) => Follower): void;
  /** Whether a stop was asked for before the work was handed over. */
  readonly isStopAsked: boolean;
}
