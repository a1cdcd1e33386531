/**
 * The statuses of a task, spelled as on the MCP wire (specification 2025-11-25, "Tasks"), and our one
 * addition `lost`: contact is gone and the end cannot be known for now.
 */
export const STATUSES = ['working', 'input_required', 'completed', 'failed', 'cancelled', 'lost'] as const;

export type Status = (typeof STATUSES)[number];

/** Statuses in which work goes on. */
export const ACTIVE_STATUSES = ['working', 'input_required'] as const satisfies readonly Status[];

/** Statuses in which work is over, as far as anyone can know. */
export const ENDED_STATUSES = [
  'completed',
  'failed',
  'cancelled',
  'lost',
] as const satisfies readonly Status[];

export type EndedStatus = (typeof ENDED_STATUSES)[number];

/**
 * The table every change of status is judged against: from → to. A `lost` task may still learn its true
 * end; no other end ever changes.
 */
export const MOVES: Readonly<Record<Status, readonly Status[]>> = Object.freeze({
  working: ['input_required', 'completed', 'failed', 'cancelled', 'lost'],
  input_required: ['working', 'completed', 'failed', 'cancelled', 'lost'],
  lost: ['completed', 'failed', 'cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
});
