import { Temporal } from 'temporal-polyfill';
import { isProblem, type Problem, type ReadingContext } from '../schedule.ts';
import { asUtcMs, instantOf, peculiarityOf, wallTimeAt } from '../wall-time.ts';
import { writeOutDates } from './calendar-date.ts';
import { en } from './chrono.ts';
import { MOMENT_EXAMPLES } from './examples.ts';
import { readDelay } from './read-delay.ts';
import { formatTime, standardTime, timeOfDay } from './time-of-day.ts';

/** One moment, with what was assumed about it (sentences). */
export interface Moment {
  readonly atMs: number;
  readonly hasTime: boolean;
  readonly notes: readonly string[];
}

/** Reads one moment: "in 20 minutes", "tomorrow at 9", "24 December at 8:00". It can lie in the past. */
export function readMoment(text: string, context: ReadingContext): Moment | Problem {
  const delayed = readDelay(text, context);
  if (delayed !== undefined)
    return isProblem(delayed) ? delayed : { atMs: delayed, hasTime: true, notes: [] };

  const now = wallTimeAt(context.nowMs, context.timeZone);
  const written = writeOutDates(text, now.toPlainDate());
  if (isProblem(written)) return written;
  const hours = writeOutHours(written);
  if (isProblem(hours)) return hours;
  const found = en.parse(hours, { instant: new Date(asUtcMs(now)), timezone: 0 }, { forwardDate: true });
  const [only, ...others] = found;
  const left =
    only === undefined ? hours : `${hours.slice(0, only.index)}${hours.slice(only.index + only.text.length)}`;
  if (
    only === undefined ||
    only.end ||
    others.length > 0 ||
    left.replaceAll(/\b(?:at|on|the|by)\b|[,\s]/g, '') !== ''
  )
    return { problem: `"${text}" is not a time that is understood. ${MOMENT_EXAMPLES}` };

  const { start } = only;
  const has = (part: 'day' | 'weekday' | 'hour' | 'month' | 'timezoneOffset') => start.isCertain(part);
  if (!has('day') && !has('weekday') && !has('hour')) {
    return { problem: `"${text}": which day? ${MOMENT_EXAMPLES}` };
  }
  const { hour, minute } = has('hour')
    ? { hour: start.get('hour') ?? 9, minute: start.get('minute') ?? 0 }
    : standardTime(hours);
  const named = Temporal.PlainDateTime.from({
    year: start.get('year') ?? now.year,
    month: start.get('month') ?? now.month,
    day: start.get('day') ?? now.day,
    hour,
    minute,
    second: has('hour') ? (start.get('second') ?? 0) : 0,
  });
  const offset =
    has('timezoneOffset') && /\b(?:z|utc|gmt|[a-z]{1,3}t)\b|[+-]\d{2}:?\d{2}|\dz/.test(hours)
      ? start.get('timezoneOffset')
      : null;
  if (offset !== null) return { atMs: asUtcMs(named) - offset * 60_000, hasTime: true, notes: [] };

  // The library moves a time of day that is past to tomorrow by the day of its reference; so do we, by ours.
  const isTimeOnly = !has('day') && !has('weekday') && !has('month');
  const today = named.with({ year: now.year, month: now.month, day: now.day });
  const wall = !isTimeOnly
    ? named
    : Temporal.PlainDateTime.compare(today, now) > 0
      ? today
      : today.add({ days: 1 });
  return {
    atMs: instantOf(wall, context.timeZone),
    hasTime: has('hour'),
    notes: [
      ...(has('hour') ? [] : [`No time of day was given: ${formatTime(standardTime(hours))}.`]),
      ...clockNote(wall, context.timeZone),
    ],
  };
}

/** Bare hours after "at", and "17h30", as 9:00 and 17:30: the library takes them for something else. */
function writeOutHours(text: string): string | Problem {
  let problem: Problem | undefined;
  const written = text.replaceAll(
    /\bat\s+(\d{1,2}(?:[:.h]\d{2})?h?(?:\s*o['’]?clock)?)(?![\d:]|\s*(?:[ap]\.?m|minutes?|hours?|st|nd|rd|th))/g,
    (_, hours: string) => {
      const time = timeOfDay(hours);
      if (time === undefined)
        problem ??= { problem: `"${hours}" is no time of day; expected 0:00 to 23:59.` };
      return time === undefined ? '' : `at ${formatTime(time)}`;
    },
  );
  return problem ?? written;
}

function clockNote(wall: Temporal.PlainDateTime, timeZone: string): string[] {
  switch (peculiarityOf(wall, timeZone)) {
    case 'skipped':
      return [`${formatTime(wall)} does not exist that day, the clock jumps over it: right after the jump.`];
    case 'twice':
      return [`${formatTime(wall)} comes twice that day, the clock goes back: the first of the two.`];
    default:
      return [];
  }
}
