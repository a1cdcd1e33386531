/**
 * `waiting`: queued behind a run of the same assignment, behind the limit, or for its next try. `running`. The ends are
 * those of tasks, and `skipped`: it was due and did not run, for the reason that the run names.
 */
export const RUN_STATES = [
  'waiting',
  'running',
  'completed',
  'failed',
  'cancelled',
  'lost',
  'skipped',
] as const;

export type RunState = (typeof RUN_STATES)[number];

export const SKIP_REASONS = [
  'missed', // nobody was there at its time
  'overlap', // a run of it went on
  'paused', // it was paused or disabled before this could begin
] as const;

export type SkipReason = (typeof SKIP_REASONS)[number];
