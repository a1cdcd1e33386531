import { Temporal } from 'temporal-polyfill';
import { isProblem, MINUTE_MS, type Problem, type ReadingContext } from '../schedule.ts';
import { asUtcMs, fromUtcMs, instantOf, peculiarityOf, type WallTime, wallTimeAt } from '../wall-time.ts';
import { formatTime, standardTime, type TimeOfDay, timeOfDay } from '../words/time-of-day.ts';
import { writeOutDates } from './calendar-date.ts';
import { type Component, en, type ParsedComponents } from './chrono.ts';
import { MOMENT_EXAMPLES } from './examples.ts';
import { readDelay } from './read-delay.ts';

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
  const plain = writeOutHours(written);
  if (isProblem(plain)) return plain;
  const start = findMoment(plain, now);
  const has = (part: Component) => start?.isCertain(part) ?? false;
  const offset =
    has('timezoneOffset') && NAMES_OFFSET.test(plain) ? (start?.get('timezoneOffset') ?? 0) : undefined;
  // What it reckons from a moment of its own ("an hour later") is not from ours.
  const isRelative = has('timezoneOffset') && has('minute') && offset === undefined;
  if (start === undefined || isRelative)
    return { problem: `"${text}" is not a time that is understood. ${MOMENT_EXAMPLES}` };
  const by = has('day') ? 'date' : has('weekday') ? 'weekday' : has('hour') ? 'time' : undefined;
  if (by === undefined) return { problem: `"${text}": which day? ${MOMENT_EXAMPLES}` };

  const standard = standardTime(plain);
  const named = wallOf(start, has('hour') ? undefined : standard, now);
  if (offset !== undefined) {
    const there = fromUtcMs(context.nowMs + offset * MINUTE_MS);
    return {
      atMs: asUtcMs(comingTime(named, there, by, text)) - offset * MINUTE_MS,
      hasTime: true,
      notes: [],
    };
  }
  const wall = comingTime(named, now, by, text);
  const notes = has('hour') ? [] : [`No time of day was given: ${formatTime(standard)}.`];
  return {
    atMs: instantOf(wall, context.timeZone),
    hasTime: has('hour'),
    notes: [...notes, ...clockNote(wall, context.timeZone)],
  };
}

/** The one date and time that a text is, and nothing beside it. */
function findMoment(text: string, now: WallTime): ParsedComponents | undefined {
  // From noon, and never forward by itself: in both the library looks at the machine's own zone.
  const noon = now.with({ hour: 12, minute: 0, second: 0, millisecond: 0 });
  const [only, ...others] = en.parse(text, { instant: new Date(asUtcMs(noon)), timezone: 0 });
  if (only === undefined || only.end || others.length > 0) return undefined;
  const left = `${text.slice(0, only.index)}${text.slice(only.index + only.text.length)}`;
  return left.replaceAll(/\b(?:at|on|the|by)\b|[,\s]/g, '') === '' ? only.start : undefined;
}

function wallOf(start: ParsedComponents, standard: TimeOfDay | undefined, now: WallTime): WallTime {
  return Temporal.PlainDateTime.from({
    year: start.get('year') ?? now.year,
    month: start.get('month') ?? now.month,
    day: start.get('day') ?? now.day,
    hour: standard?.hour ?? start.get('hour') ?? 0,
    minute: standard?.minute ?? start.get('minute') ?? 0,
    second: standard === undefined ? (start.get('second') ?? 0) : 0,
  });
}

/** A time of day that is past is meant for tomorrow, a weekday that is past for next week; a date is a date. */
function comingTime(named: WallTime, now: WallTime, by: 'date' | 'weekday' | 'time', text: string): WallTime {
  if (by === 'date' || /\blast\b/.test(text)) return named;
  const first = by === 'time' ? named.with({ year: now.year, month: now.month, day: now.day }) : named;
  if (Temporal.PlainDateTime.compare(first, now) > 0) return first;
  return first.add({ days: by === 'time' ? 1 : 7 });
}

/** A time with its own zone, "10:00 UTC" or "08:00:00Z": that and not the assignment's is meant. */
const NAMES_OFFSET = /\d\s*(?:[ap]m)?\s*(?:utc|gmt|z|[a-z]{2,3}t|[+-]\d{2}:?\d{2})\b/;

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
