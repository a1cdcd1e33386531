import { Temporal } from 'temporal-polyfill';
import { MAX_COUNT } from '../rule/parse-rule.ts';
import { untilOf } from '../rule/rule-walls.ts';
import { HORIZON_MS, isProblem, type Problem, type ReadingContext } from '../schedule.ts';
import { asUtcMs, instantOf, type WallTime, wallTimeAt } from '../wall-time.ts';
import { readDuration } from './read-delay.ts';
import { type Moment, readMoment } from './read-moment.ts';
import type { RemainingText } from './remaining-text.ts';

/** When a repetition begins and ends, as far as it was said. */
export interface Limits {
  /** Wall time from which it is due, itself included. */
  readonly from?: WallTime;
  readonly fromHasTime: boolean;
  /** As RFC 5545 writes it, in UTC. */
  readonly until?: string;
  readonly count?: number;
}

const TO_THE_NEXT = '(?=\\s*,|\\s+for\\s+\\d|\\s+(?:starting|beginning|until|till)\\b|$)';

/** Takes "until 1 March", "for 10 times", "for 2 weeks" and "starting tomorrow" out of a text. */
export function readLimits(text: RemainingText, context: ReadingContext): Limits | Problem {
  const count = takeCount(text);
  const length = text.take(`\\b(for\\s+)((?:\\d+|an?|one|two|three|four|five|six)\\s*[a-z]+)${TO_THE_NEXT}`);
  const until = text.take(`\\b(until|till|up to)\\s+(.+?)${TO_THE_NEXT}`);
  const from = text.take(`\\b(starting|beginning|from)(?:\\s+(?:on|at|from))?\\s+(.+?)${TO_THE_NEXT}`);
  if ([count, length, until].filter((limit) => limit !== undefined).length > 1)
    return { problem: 'Only one end can be given: "until 1 March", "for 2 weeks" or "for 10 times".' };
  if (isProblem(count)) return count;

  const start = from && readMoment(withAt(from[2] ?? ''), context);
  if (isProblem(start)) return start;
  const { timeZone, nowMs } = context;
  const fromWall = start && dayOrTime(start, timeZone, { hour: 0, minute: 0, second: 0 });
  const end =
    (until && endAt(until, context)) ?? (length && endAfter(length, start?.atMs ?? nowMs, timeZone));
  if (isProblem(end)) return end;
  if (fromWall !== undefined && end !== undefined && asUtcMs(end) < asUtcMs(fromWall))
    return { problem: 'It would end before it begins.' };
  return {
    ...(fromWall && { from: fromWall }),
    fromHasTime: start?.hasTime ?? false,
    ...(end && { until: untilOf(end, timeZone) }),
    ...(count && { count }),
  };
}

function takeCount(text: RemainingText): number | Problem | undefined {
  const found = text.take(
    '\\b(?:for\\s+)?(\\d{1,6})\\s+times?(?!\\s+(?:an?|per|every|each)\\b)|\\b(once|twice)$',
  );
  if (found === undefined) return undefined;
  const [all, number, word] = found;
  if (word !== undefined) return word === 'once' ? 1 : 2;
  const count = Number(number);
  return count >= 1 && count <= MAX_COUNT
    ? count
    : { problem: `"${all.trim()}": expected 1 to ${MAX_COUNT} times.` };
}

/** The last wall time of "until …": of a day without a time, its end. */
function endAt([all, , text = '']: RegExpExecArray, context: ReadingContext): WallTime | Problem {
  const end = readMoment(withAt(text), context);
  if (isProblem(end)) return end;
  const last = dayOrTime(end, context.timeZone, { hour: 23, minute: 59, second: 59 });
  return instantOf(last, context.timeZone) > context.nowMs
    ? last
    : { problem: `"${all.trim()}": that is over.` };
}

/** The last wall time of "for 2 weeks". */
function endAfter([all, , text = '']: RegExpExecArray, fromMs: number, timeZone: string): WallTime | Problem {
  const duration = readDuration(text);
  if (duration === undefined)
    return {
      problem: `"${all.trim()}": expected a length of time such as "for 2 weeks", or "for 10 times".`,
    };
  try {
    const end = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(timeZone).add(duration);
    if (end.epochMilliseconds < HORIZON_MS) return end.toPlainDateTime();
  } catch {
    // Beyond every calendar: said below.
  }
  return { problem: `"${all.trim()}": that is after the year 2999.` };
}

const dayOrTime = (
  moment: Moment,
  timeZone: string,
  ofDay: { hour: number; minute: number; second: number },
) => (moment.hasTime ? wallTimeAt(moment.atMs, timeZone) : wallTimeAt(moment.atMs, timeZone).with(ofDay));

/** "17:00" and "10" are times, "1 march" is none: the reader of moments wants "at" before a bare hour. */
const withAt = (text: string) => (/^\d{1,2}$/.test(text) ? `at ${text}` : text);
