import type { Ending } from '../../../task/report.ts';
import type { RunningCall } from '../drivers/driver.ts';

/** Work that is under way at a server: a call, or the task that it has become. */
export interface FollowedWork {
  /** The task's id, or the call's while it is none. */
  readonly id: string;
  readonly title: string;
  readonly server: string;
  readonly taskId: string | undefined;
  readonly running: RunningCall;
  /** Settles when the end is saved. Work that is left to itself never ends here. */
  readonly finished: Promise<void>;
  /** What the end of its server is to be taken for, when we bring it about. */
  endAs(ending: Ending): void;
}
