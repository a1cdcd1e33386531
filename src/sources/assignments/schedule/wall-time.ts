import { Temporal } from 'temporal-polyfill';

/** A date and a time of day as a clock on the wall shows them. Which moment that is, only a zone says. */
export type WallTime = Temporal.PlainDateTime;

/** What is peculiar about a wall time in a zone: the clock jumps over it, or shows it twice. */
export type Peculiarity = 'skipped' | 'twice';

/** What the clock on the wall shows in the zone at a moment. */
export function wallTimeAt(instantMs: number, timeZone: string): WallTime {
  return zoned(instantMs, timeZone).toPlainDateTime();
}

/**
 * The moment (ms) at which the clock shows `wall`. A time that the clock jumps over is the first moment after
 * the jump; a time that it shows twice is the first of the two.
 */
export function instantOf(wall: WallTime, timeZone: string): number {
  const before = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  if (before.toPlainDateTime().equals(wall)) return before.epochMilliseconds;
  return before.getTimeZoneTransition('next')?.epochMilliseconds ?? before.epochMilliseconds;
}

/** Whether the zone has that day at all: Samoa had no 30 December 2011. */
export function hasDay(wall: WallTime, timeZone: string): boolean {
  const date = wall.toPlainDate();
  return date.toZonedDateTime(timeZone).toPlainDate().equals(date);
}

export function peculiarityOf(wall: WallTime, timeZone: string): Peculiarity | undefined {
  const earlier = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(timeZone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return undefined;
  return earlier.toPlainDateTime().equals(wall) ? 'twice' : 'skipped';
}

/** The stretch of time around a moment in which the zone keeps one offset. Ends are exclusive, ms. */
export function stretchAt(instantMs: number, timeZone: string): { offsetMs: number; endMs: number } {
  const at = zoned(instantMs, timeZone);
  return {
    offsetMs: at.offsetNanoseconds / 1e6,
    endMs: at.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
  };
}

/** The wall time as if it were UTC, ms: what reckons with dates alone reckons in this. */
export const asUtcMs = (wall: WallTime): number => wall.toZonedDateTime('UTC').epochMilliseconds;

/** The wall time that `asUtcMs` was made of. */
export const fromUtcMs = (ms: number): WallTime => wallTimeAt(ms, 'UTC');

const zoned = (instantMs: number, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone);
