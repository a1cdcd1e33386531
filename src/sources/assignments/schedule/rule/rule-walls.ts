import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { HORIZON_MS } from '../schedule.ts';
import { asUtcMs, fromUtcMs, instantOf, type WallTime, wallTimeAt } from '../wall-time.ts';
import { formatRule, type Rule } from './rule.ts';

/**
 * The wall times of a rule after `afterMs`, ascending; both are wall times written as if they were UTC, ms. The
 * library reckons in UTC, where every wall time exists and exists once; what the zone makes of them is ours to say.
 */
export function* ruleWalls(rule: Rule, start: WallTime, timeZone: string, afterMs: number): Iterable<number> {
  if (isImpossible(rule)) return;
  const until = rule.until === undefined ? undefined : asUtcMs(untilWall(rule.until, timeZone));
  const { until: _, ...rest } = rule;
  const library = new RRuleTemporal({
    rruleString: formatRule(rest),
    dtstart: start.toZonedDateTime('UTC'),
    temporal: Temporal,
    cache: false,
  });
  let at = afterMs;
  while (true) {
    const next = nextOf(library, at);
    if (next === undefined || next >= HORIZON_MS || (until !== undefined && next > until)) return;
    yield next;
    at = next;
  }
}

/** The last wall time that UNTIL lets in. A date alone lets in its whole day. */
export function untilWall(until: string, timeZone: string): WallTime {
  const [, date, time = '235959', zulu] = /^(\d{8})(?:T(\d{6})(Z)?)?$/.exec(until) ?? [];
  const wall = Temporal.PlainDateTime.from(`${date}T${time}`);
  return zulu === undefined ? wall : wallTimeAt(asUtcMs(wall), timeZone);
}

/** UNTIL for the last moment of a wall time, as RFC 5545 wants it: in UTC. */
export function untilOf(wall: WallTime, timeZone: string): string {
  const iso = new Date(instantOf(wall, timeZone)).toISOString();
  return `${iso.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** The first wall time of a rule that is later than `after`, or that time itself. */
export function firstWall(
  rule: Rule,
  start: WallTime,
  timeZone: string,
  fromMs: number,
): WallTime | undefined {
  for (const wall of ruleWalls(rule, start, timeZone, fromMs - 1)) return fromUtcMs(wall);
  return undefined;
}

function nextOf(library: RRuleTemporal<Temporal.ZonedDateTime>, afterMs: number): number | undefined {
  try {
    return library.next(new Date(afterMs), false)?.epochMilliseconds;
  } catch (error) {
    // The library gives up on a rule that matches nothing, and on dates that no calendar reaches.
    if (error instanceof Error && /exceeded|out-of-bounds|out of range/i.test(error.message))
      return undefined;
    throw error;
  }
}

/** Rules for days that no calendar has, such as 30 February: the library would look for them for a long time. */
function isImpossible({ byMonth, byMonthDay }: Rule): boolean {
  if (byMonth === undefined || byMonthDay === undefined) return false;
  return !byMonth.some((month) => byMonthDay.some((day) => Math.abs(day) <= longest(month)));
}

/** Days of a month, of February in a leap year. */
export const longest = (month: number): number => new Date(Date.UTC(2024, month, 0)).getUTCDate();
