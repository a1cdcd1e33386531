import type { LogCaps } from '../log-caps.ts';
import type { Store } from '../ports.ts';

/** A place for one database that only the test knows. */
export interface Place {
  /** Opens the store there; a second time is a restart, or a second host. */
  open(log?: LogCaps): Promise<Store>;
  /** Leaves nothing behind. Stores are closed before. */
  remove(): Promise<void>;
}
