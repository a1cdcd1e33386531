import type { Problem } from '../schedule.ts';
import { AND } from '../words/names.ts';
import { ANY_TIME, CLEAR_TIME, inOrder, type TimeOfDay, timeOfDay } from '../words/time-of-day.ts';
import type { RemainingText } from './remaining-text.ts';

/** The times of day of a repetition. */
export interface Times {
  readonly times: readonly TimeOfDay[];
  /** Minutes of every hour, from ":15" or "on the hour". */
  readonly marks: readonly number[];
  /** From the first to the last time, both included. */
  readonly window?: readonly [TimeOfDay, TimeOfDay];
}

/** Takes "between 9:00 and 17:00" out of a text. To be asked before "from" is taken for a beginning. */
export function readWindow(text: RemainingText): Times['window'] | Problem {
  const found = text.take(
    `\\b(?:from|between)\\s+(${ANY_TIME})\\s*(?:to|and|until|till|-|–)\\s*(${ANY_TIME})`,
  );
  if (found === undefined) return undefined;
  const from = timeOfDay(found[1] ?? '');
  const to = timeOfDay(found[2] ?? '');
  if (from === undefined || to === undefined)
    return { problem: `"${found[0].trim()}": expected two times such as 9:00 and 17:00.` };
  if (from.hour * 60 + from.minute >= to.hour * 60 + to.minute)
    return { problem: `"${found[0].trim()}": expected the earlier time first, on one day.` };
  return [from, to];
}

/** Takes "at 9:00 and 17:00", "noon" or ":15" out of a text. */
export function readTimes(text: RemainingText): Omit<Times, 'window'> | Problem {
  const marks = readMarks(text);
  if (!Array.isArray(marks)) return marks as Problem;
  const lists = [
    ...text.takeAll(`\\bat\\s+(${ANY_TIME}(?:${AND}(?:at\\s+)?${ANY_TIME})*)`),
    ...text.takeAll(`(?<![\\w:.])(${CLEAR_TIME})(?![\\w:])`),
  ];
  const written = lists.flatMap(([, list = '']) => list.match(new RegExp(ANY_TIME, 'g')) ?? []);
  const times: TimeOfDay[] = [];
  for (const one of written) {
    const time = timeOfDay(one);
    if (time === undefined) return { problem: `"${one.trim()}" is no time of day; expected 0:00 to 23:59.` };
    times.push(time);
  }
  return { times: inOrder(times), marks };
}

function readMarks(text: RemainingText): number[] | Problem {
  const found = [
    ...text.takeAll(`(?:\\bat\\s+)?(?<![\\d:]):(\\d{2})(?![\\d:])(?:${AND}:(\\d{2})(?![\\d:]))*`),
    ...text.takeAll(
      '\\bat\\s+(?:minute\\s+)(\\d{1,2})\\b|\\b(?:at\\s+)?(\\d{1,2})\\s*(?:minutes?\\s+)?past(?:\\s+(?:the|every|each)\\s+hour)?\\b',
    ),
  ].flatMap(([all]) => (all.match(/\d{1,2}/g) ?? []).map(Number));
  if (text.take('\\bon\\s+the\\s+hour\\b') !== undefined) found.push(0);
  if (text.take('\\bon\\s+the\\s+half[\\s-]hour\\b') !== undefined) found.push(30);
  const odd = found.find((minute) => minute > 59);
  if (odd !== undefined) return { problem: `":${odd}" is no minute of an hour; expected :00 to :59.` };
  return [...new Set(found)].sort((a, b) => a - b);
}
