import { Temporal } from 'temporal-polyfill';
import { MAX_COUNT } from '../rule/parse-rule.ts';
import { untilOf } from '../rule/rule-walls.ts';
import { HORIZON_MS, isProblem, type Problem, type ReadingContext } from '../schedule.ts';
import { asUtcMs, type WallTime, wallTimeAt } from '../wall-time.ts';
import { readDuration } from './read-delay.ts';
import { readMoment } from './read-moment.ts';
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
  const count = text.take(
    '\\b(?:for\\s+)?(\\d{1,6})\\s+times(?!\\s+(?:an?|per|every|each)\\b)|\\b(once|twice)$',
  );
  const counted = count?.[2] === undefined ? Number(count?.[1]) : count[2] === 'once' ? 1 : 2;
  if (count !== undefined && !(counted >= 1 && counted <= MAX_COUNT))
    return { problem: `"${count[0].trim()}": expected 1 to ${MAX_COUNT} times.` };
  const length = text.take(`\\bfor\\s+((?:\\d+|an?|one|two|three|four|five|six)\\s*[a-z]+)${TO_THE_NEXT}`);
  const until = text.take(`\\b(?:until|till|up to)\\s+(.+?)${TO_THE_NEXT}`);
  const from = text.take(
    `\\b(?:starting|beginning|counted\\s+from|from)(?:\\s+(?:on|at|from))?\\s+(.+?)${TO_THE_NEXT}`,
  );

  const start = from === undefined ? undefined : readMoment(withAt(from[1] ?? ''), context);
  if (start !== undefined && isProblem(start)) return start;
  const end = until === undefined ? undefined : readMoment(withAt(until[1] ?? ''), context);
  if (end !== undefined && isProblem(end)) return end;
  if (
    (end !== undefined && end.hasTime === false && end.atMs + 86_400_000 < context.nowMs) ||
    (end?.hasTime && end.atMs <= context.nowMs)
  )
    return { problem: `"${until?.[0].trim()}": that is over.` };
  const duration = length === undefined ? undefined : readDuration(length[1] ?? '');
  if (length !== undefined && duration === undefined)
    return {
      problem: `"${length[0].trim()}": expected a length of time such as "for 2 weeks", or "for 10 times".`,
    };
  if ([count, length, until].filter((limit) => limit !== undefined).length > 1)
    return { problem: 'Only one end can be given: "until 1 March", "for 2 weeks" or "for 10 times".' };

  const begin = start?.atMs ?? context.nowMs;
  const last = duration === undefined ? undefined : later(begin, duration, context.timeZone);
  if (last !== undefined && last >= HORIZON_MS)
    return { problem: `"${length?.[0].trim()}": that is after the year 2999.` };
  const endWall =
    last !== undefined
      ? wallTimeAt(last, context.timeZone)
      : end === undefined
        ? undefined
        : wallTimeAt(end.atMs, context.timeZone);
  const isWholeDay = last === undefined && end?.hasTime === false;
  const lastWall = isWholeDay ? endWall?.with({ hour: 23, minute: 59, second: 59 }) : endWall;
  const fromWall = start === undefined ? undefined : wallTimeAt(start.atMs, context.timeZone);
  if (fromWall !== undefined && lastWall !== undefined && asUtcMs(lastWall) < asUtcMs(fromWall))
    return { problem: 'It would end before it begins.' };
  return {
    ...(fromWall && { from: start?.hasTime ? fromWall : fromWall.with({ hour: 0, minute: 0, second: 0 }) }),
    fromHasTime: start?.hasTime ?? false,
    ...(lastWall && { until: untilOf(lastWall, context.timeZone) }),
    ...(count && { count: counted }),
  };
}

/** "17:00" and "10" are times, "1 march" is none: the reader of moments wants "at" before a bare hour. */
const withAt = (text: string) => (/^\d{1,2}$/.test(text) ? `at ${text}` : text);

const later = (fromMs: number, duration: Temporal.Duration, timeZone: string): number => {
  try {
    const from = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(timeZone);
    return from.add(duration).epochMilliseconds;
  } catch {
    return HORIZON_MS;
  }
};
