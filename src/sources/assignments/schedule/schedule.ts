/** When an assignment is due. Kept in its record as JSON, and read in the assignment's own time zone. */
export type Schedule =
  /** One moment, ISO 8601 UTC. */
  | { readonly kind: 'once'; readonly at: string }
  /** Five fields: minute, hour, day of the month, month, weekday; or a nickname such as `@daily`. */
  | { readonly kind: 'cron'; readonly expression: string }
  /**
   * An RRULE of RFC 5545 without its DTSTART, which is `start`: wall time in the zone, `2026-11-26T09:00:00`.
   * Nothing is due before `start`; COUNT and INTERVAL count from it.
   */
  | { readonly kind: 'rrule'; readonly rule: string; readonly start: string }
  /** Steps of elapsed time from `start` (ISO 8601 UTC), which is not due itself. No clock change moves them. */
  | { readonly kind: 'every'; readonly everyMs: number; readonly start: string };

/** What was understood of a text. */
export interface Understood {
  readonly schedule: Schedule;
  /** In words, with what was assumed: "Every Monday at 9:00 (Europe/Berlin). No time of day was given: 9:00." */
  readonly words: string;
  readonly isRepeated: boolean;
}

/** Why a text was not understood, what was expected, and examples. */
export interface Problem {
  readonly problem: string;
}

/** What a text is read against: the zone of the assignment and the present moment. */
export interface ReadingContext {
  readonly timeZone: string;
  readonly nowMs: number;
}

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** No due time is looked for from here on: the year 3000. */
export const HORIZON_MS = Date.UTC(3000, 0, 1);

export const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'problem' in value;
