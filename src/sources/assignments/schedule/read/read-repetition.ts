import { isProblem, MINUTE_MS, type Problem, type ReadingContext } from '../schedule.ts';
import { AND, NUMBER, WEEKDAY } from '../words/names.ts';
import { standardTime } from '../words/time-of-day.ts';
import { REPETITION_EXAMPLES } from './examples.ts';
import type { Read } from './read.ts';
import { readDays } from './read-days.ts';
import { readDuration } from './read-delay.ts';
import { readLimits } from './read-limits.ts';
import { readTimes, readWindow } from './read-times.ts';
import { remainingText } from './remaining-text.ts';
import { scheduleOfDays } from './schedule-of-days.ts';
import { scheduleOfSteps } from './schedule-of-steps.ts';

const REPEATED = new RegExp(
  `(?:${[
    '\\b(?:every|each|daily|hourly|weekly|monthly|quarterly|yearly|annually|fortnightly|biweekly|weekdays|weekends)\\b',
    '\\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\\b',
    '\\bof the (?:month|quarter|year)\\b',
    '\\b(?:once|twice|times) (?:an?|per)\\b',
    '^(?:on )?the \\d+(?:st|nd|rd|th)(?! of)\\b',
    '\\b\\d+(?:st|nd|rd|th) and (?:the )?(?:\\d+(?:st|nd|rd|th)|last)\\b',
    `\\b${WEEKDAY} (?:to|through|-) ${WEEKDAY}\\b`,
    `\\b${WEEKDAY}${AND}${WEEKDAY}\\b`,
  ].join('|')})`,
);
const STEP = `\\b(?:every|each)\\s+((?:(?:${NUMBER}|\\d+\\.\\d+)\\s*)?(?:seconds|secs|s|minutes?|mins?|m|hours?|hrs?|h)(?![a-z])(?:\\s*(?:and\\s+)?(?:\\d+\\s*(?:minutes?|mins?|m)\\b|a\\s+half\\b))?|half\\s+(?:an\\s+)?hour\\b)`;
const VAGUE = /\b(?:twice|(?:\d+|two|three|four|five|six) times)\s+(?:an?|per|every|each)\s+\w+/;

/** Whether a text speaks of something that comes again and again. */
export const isRepetition = (text: string): boolean => REPEATED.test(text);

/** Reads a repetition in words (lower case): "every weekday at 9:00 until 1 March". */
export function readRepetition(text: string, context: ReadingContext): Read | Problem {
  const vague = VAGUE.exec(text);
  if (vague !== null)
    return {
      problem: `"${vague[0]}": at what times? For example "daily at 9:00 and 17:00" or "every Monday and Thursday at 8:30".`,
    };
  const rest = remainingText(text.replace(/\bonce\s+(?:an?|per|every|each)\s+/g, 'every '));
  const window = readWindow(rest);
  if (window !== undefined && isProblem(window)) return window;
  const limits = readLimits(rest, context);
  if (isProblem(limits)) return limits;
  const times = readTimes(rest);
  if (isProblem(times)) return times;
  if (/\bevery\s+second$/.test(text)) return { problem: TOO_OFTEN };
  const step =
    rest.take(STEP)?.[1] ?? rest.take('\\bhourly\\b')?.[0] ?? (times.marks.length > 0 ? 'hourly' : undefined);
  const days = readDays(rest);
  if (days !== undefined && isProblem(days)) return days;
  rest.take('\\b(?:mornings?|afternoons?|evenings?|nights?)\\b');
  if (rest.left() !== '')
    return { problem: `"${rest.left()}" in "${text}" was not understood. ${REPETITION_EXAMPLES}` };

  if (step !== undefined) {
    const everyMs = stepMs(step);
    if (everyMs === undefined)
      return { problem: `"every ${step}": expected whole minutes, such as "every 20 minutes".` };
    if (everyMs < MINUTE_MS) return { problem: TOO_OFTEN };
    return scheduleOfSteps(everyMs, { ...times, ...(window && { window }) }, days, limits, context);
  }
  if (window !== undefined)
    return { problem: `How often between the two times? For example "every 30 minutes from 9:00 to 17:00".` };
  if (days === undefined) return { problem: `"${text}": which days? ${REPETITION_EXAMPLES}` };
  const isLate = /\b(?:afternoon|evening)s?\b/.test(text);
  return scheduleOfDays(days, isLate ? late(times.times) : times.times, limits, context, standardTime(text));
}

const TOO_OFTEN = 'The shortest step is a minute. For example "every minute" or "every 5 minutes".';

function stepMs(step: string): number | undefined {
  const text = step
    .replace(/^half.*/, '30 minutes')
    .replace(/^hourly$/, '1 hour')
    .replace(/^(?=[a-z]+$)/, '1 ');
  const ms = readDuration(text.replace(/\s+and\s+a\s+half$/, ' 30 minutes'))?.total({
    unit: 'milliseconds',
    relativeTo: '2026-01-01',
  });
  return ms === undefined || (ms >= MINUTE_MS && ms % MINUTE_MS !== 0) ? undefined : ms;
}

/** "every evening at 6" is 18:00. */
const late = (times: readonly { hour: number; minute: number }[]) =>
  times.map(({ hour, minute }) => ({ hour: hour >= 1 && hour < 12 ? hour + 12 : hour, minute }));
