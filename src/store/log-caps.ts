/** How much of a task's log is kept, in bytes. The middle goes first. */
export interface LogCaps {
  readonly headBytes: number;
  readonly tailBytes: number;
  /** A longer line is cut. */
  readonly lineBytes: number;
}

export const DEFAULT_LOG_CAPS: LogCaps = {
  headBytes: 64 * 1024,
  tailBytes: 10 * 1024 * 1024 - 64 * 1024,
  lineBytes: 64 * 1024,
};
