import { Temporal } from 'temporal-polyfill';
import { hasTimesOfDay, type Rule } from '../rule/rule.ts';
import { ruleWalls } from '../rule/rule-walls.ts';
import { DAY_MS, HORIZON_MS } from '../schedule.ts';
import { asUtcMs, fromUtcMs, hasDay, instantOf, stretchAt, type WallTime, wallTimeAt } from '../wall-time.ts';

/** The due times of a rule after `afterMs`, ascending. */
export function dueByRule(rule: Rule, start: string, timeZone: string, afterMs: number): Iterable<number> {
  const from = Temporal.PlainDateTime.from(start);
  if (hasTimesOfDay(rule)) return onceADayTime(rule, from, timeZone, afterMs);
  return rule.count === undefined
    ? byStretches(rule, from, timeZone, afterMs)
    : counted(rule, rule.count, from, timeZone, afterMs);
}

/** A time of day is due once a day: the skipped one after the jump, the repeated one at first. A skipped day is none. */
function* onceADayTime(rule: Rule, start: WallTime, timeZone: string, afterMs: number): Iterable<number> {
  // A day back, for no jump is longer (Samoa, 2011), and times jumped over are due only after it.
  const fromWallMs = asUtcMs(wallTimeAt(afterMs, timeZone)) - DAY_MS;
  let last = afterMs;
  for (const wall of ruleWalls(rule, start, timeZone, fromWallMs)) {
    const due = instantOf(fromUtcMs(wall), timeZone);
    if (due <= last || !hasDay(fromUtcMs(wall), timeZone)) continue;
    yield due;
    last = due;
  }
}

/**
 * Hours and minutes go on through a change of the clock: those jumped over are left out, those shown twice are
 * due twice. So each stretch of one offset is gone through by itself.
 */
function* byStretches(rule: Rule, start: WallTime, timeZone: string, afterMs: number): Iterable<number> {
  let from = Math.max(afterMs, instantOf(start, timeZone) - 1);
  let wasLast = false;
  while (from < HORIZON_MS) {
    const { offsetMs, endMs } = stretchAt(from + 1, timeZone);
    let isLast = true;
    for (const wall of ruleWalls(rule, start, timeZone, from + offsetMs)) {
      isLast = wall - offsetMs < endMs;
      if (!isLast) break;
      yield wall - offsetMs;
    }
    // After the last time of all the clock can still go back over it, once.
    if (isLast && (wasLast || endMs === Number.POSITIVE_INFINITY)) return;
    wasLast = isLast;
    from = endMs - 1;
  }
}

/** COUNT counts what is due, so it is counted here: the library knows no hour that comes twice. */
function* counted(
  rule: Rule,
  count: number,
  start: WallTime,
  timeZone: string,
  afterMs: number,
): Iterable<number> {
  const { count: _, ...endless } = rule;
  let left = count;
  for (const due of byStretches(endless, start, timeZone, instantOf(start, timeZone) - 1)) {
    if (due > afterMs) yield due;
    left -= 1;
    if (left === 0) return;
  }
}
