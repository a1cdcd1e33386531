import type { Schedule } from '../schedule.ts';

/** A schedule with what was assumed about it (sentences). */
export interface Read {
  readonly schedule: Schedule;
  readonly notes: readonly string[];
}
