import { Temporal } from 'temporal-polyfill';
import { ruleOf } from '../rule/parse-rule.ts';
import { MINUTE_MS, type Schedule } from '../schedule.ts';
import { wallTimeAt } from '../wall-time.ts';
import { dateWords, timeWords, weekdayWords } from '../words/phrases.ts';
import { describeCron } from './describe-cron.ts';
import { describeRule } from './describe-rule.ts';

/** A rule can name hundreds of times. */
const MAX_WORDS_CHARS = 400;

/** What a schedule means, in words: "Every weekday at 9:00 (Europe/Berlin)". */
export function describeSchedule(schedule: Schedule, timeZone: string): string {
  const words = describe(schedule, timeZone);
  return `${words.length > MAX_WORDS_CHARS ? `${words.slice(0, MAX_WORDS_CHARS)}…` : words} (${timeZone})`;
}

function describe(schedule: Schedule, timeZone: string): string {
  switch (schedule.kind) {
    case 'once': {
      const at = wallTimeAt(Date.parse(schedule.at), timeZone);
      return `Once, on ${weekdayWords(at)} ${dateWords(at)} at ${timeWords(at)}`;
    }
    case 'cron':
      return describeCron(schedule.expression);
    case 'every': {
      const first = wallTimeAt(Date.parse(schedule.start) + schedule.everyMs, timeZone);
      return `Every ${stepWords(schedule.everyMs)}, starting ${dateWords(first)} at ${timeWords(first)}`;
    }
    case 'rrule':
      return describeRule(ruleOf(schedule.rule), Temporal.PlainDateTime.from(schedule.start), timeZone);
  }
}

function stepWords(everyMs: number): string {
  const minutes = everyMs / MINUTE_MS;
  if (minutes % 60 !== 0) return minutes === 1 ? 'minute' : `${minutes} minutes`;
  return minutes === 60 ? 'hour' : `${minutes / 60} hours`;
}
