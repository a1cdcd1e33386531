import { Temporal } from 'temporal-polyfill';
import { HORIZON_MS, type Problem, type ReadingContext } from '../schedule.ts';
import { NUMBER, numberOf } from '../words/names.ts';

const UNIT = '(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|months?|years?)';
const HALF_HOUR = /\b(?:half\s+an?\s+hour|an?\s+half\s+hour)\b/g;
const PART = `(?:${NUMBER}|\\d+\\.\\d+)\\s*${UNIT}`;
const DURATION = new RegExp(`^${PART}(?:\\s*(?:,|and|\\s)?\\s*${PART})*$`);

/** A length of time as written ("1h30m", "2 weeks"), in Temporal's parts; undefined when it is none. */
export function readDuration(text: string): Temporal.Duration | undefined {
  const plain = text
    .trim()
    .replace(/^(\w+)\s+and\s+a\s+half\s+hours?$|^an?\s+hour\s+and\s+a\s+half$/, (_, n?: string) =>
      n === undefined ? '1 hour 30 minutes' : `${n} hours 30 minutes`,
    )
    .replaceAll(HALF_HOUR, '30 minutes');
  if (!DURATION.test(plain)) return undefined;
  const total = { seconds: 0, minutes: 0, hours: 0, days: 0, weeks: 0, months: 0, years: 0 };
  for (const [, amount = '', unit = ''] of plain.matchAll(
    new RegExp(`(${NUMBER}|\\d+\\.\\d+)\\s*(${UNIT})(?![a-z])`, 'g'),
  )) {
    const name = unitOf(unit);
    const value = amount.includes('.') ? Number(amount) : numberOf(amount);
    if (Number.isInteger(value)) total[name] += value;
    else if (name === 'hours' || name === 'minutes')
      total.seconds += Math.round(value * (name === 'hours' ? 3600 : 60));
    else return undefined;
  }
  return Temporal.Duration.from(total);
}

/**
 * Reads "in 20 minutes" or "2 days from now" as a moment, ms. Minutes and hours are elapsed time; days and longer
 * keep the time of day. Undefined when the text is of another kind.
 */
export function readDelay(text: string, { nowMs, timeZone }: ReadingContext): number | Problem | undefined {
  const [, after, before] = /^(?:in|after)\s+(.+)$|^(.+)\s+from\s+now$/.exec(text.trim()) ?? [];
  const duration = readDuration(after ?? before ?? '');
  if (duration === undefined) return undefined;
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone);
  if (duration.sign === 0) return { problem: `"${text}": expected at least a second.` };
  try {
    const at = now.add(duration).epochMilliseconds;
    if (at < HORIZON_MS) return at;
  } catch {
    // Beyond every calendar: said below.
  }
  return { problem: `"${text}": that is after the year 2999.` };
}

function unitOf(unit: string): 'seconds' | 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'years' {
  if (unit.startsWith('mo')) return 'months';
  if (unit.startsWith('m')) return 'minutes';
  if (unit.startsWith('s')) return 'seconds';
  if (unit.startsWith('h')) return 'hours';
  if (unit.startsWith('d')) return 'days';
  return unit.startsWith('w') ? 'weeks' : 'years';
}
