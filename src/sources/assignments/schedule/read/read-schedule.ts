import { describeSchedule } from '../describe/describe-schedule.ts';
import { dueTimes } from '../due/due-times.ts';
import { parseRule } from '../rule/parse-rule.ts';
import {
  HORIZON_MS,
  isProblem,
  type Problem,
  type ReadingContext,
  type Schedule,
  type Understood,
} from '../schedule.ts';
import { isTimeZone } from '../time-zone.ts';
import { EXAMPLES } from './examples.ts';
import type { Read } from './read.ts';
import { isCron, readCron } from './read-cron.ts';
import { readMoment } from './read-moment.ts';
import { isRepetition, readRepetition } from './read-repetition.ts';
import { isRrule, readRrule } from './read-rrule.ts';

export const MAX_TEXT_CHARS = 500;

/** Reads what a person typed: words (English), a cron expression or an RRULE. Never throws. */
export function readSchedule(text: string, context: ReadingContext): Understood | Problem {
  if (!isTimeZone(context.timeZone))
    return {
      problem: `timeZone: ${context.timeZone} is not a time zone; expected a name such as Europe/Berlin or UTC.`,
    };
  if (text.length > MAX_TEXT_CHARS)
    return {
      problem: `The text has ${text.length} characters; at most ${MAX_TEXT_CHARS} are read. ${EXAMPLES}`,
    };
  const trimmed = text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim();
  if (trimmed === '') return { problem: `Nothing was written. ${EXAMPLES}` };
  const read = readAnyForm(trimmed, context);
  if (isProblem(read)) return read;
  const problem = problemOf(read.schedule, context);
  if (problem !== undefined) return problem;
  const words = describeSchedule(read.schedule, context.timeZone);
  return {
    schedule: read.schedule,
    words: read.notes.length === 0 ? words : `${words}. ${read.notes.join(' ')}`,
    isRepeated: read.schedule.kind !== 'once',
  };
}

/** What only shows when the schedule is there: numbers out of range, and that it is never due. */
function problemOf(schedule: Schedule, { timeZone, nowMs }: ReadingContext): Problem | undefined {
  const rule = schedule.kind === 'rrule' ? parseRule(schedule.rule) : undefined;
  if (isProblem(rule)) return rule;
  if (dueTimes(schedule, timeZone, nowMs, 1).length > 0) return undefined;
  return { problem: 'There is no such time any more, or never was: it would not be due even once.' };
}

function readAnyForm(text: string, context: ReadingContext): Read | Problem {
  if (isRrule(text)) return readRrule(text, context);
  if (isCron(text)) {
    const schedule = readCron(text, context);
    return isProblem(schedule) ? schedule : { schedule, notes: [] };
  }
  const words = plainWords(text, context.timeZone);
  if (isProblem(words)) return words;
  return isRepetition(words.text) ? readRepetition(words.text, context) : readOnce(words.text, context);
}

function readOnce(text: string, context: ReadingContext): Read | Problem {
  if (text === 'now') return { problem: '"now": a schedule is for later. For example "in 1 minute".' };
  const moment = readMoment(text, context);
  if (isProblem(moment)) return moment;
  if (moment.atMs >= HORIZON_MS) return { problem: `"${text}": that is after the year 2999.` };
  const at = new Date(moment.atMs).toISOString();
  if (moment.atMs <= context.nowMs) {
    const was = describeSchedule({ kind: 'once', at }, context.timeZone).replace('Once, on ', '');
    return { problem: `"${text}" is past: that was ${was}. For as soon as can be write "in 1 minute".` };
  }
  return { schedule: { kind: 'once', at }, notes: moment.notes };
}

/** Lower case, without what descriptions say beside the time itself: "Once, …", the zone, what is skipped. */
function plainWords(text: string, timeZone: string): { text: string } | Problem {
  const zone = /\(([A-Za-z][\w+-]*(?:\/[\w+-]+)*)\)/.exec(text)?.[1];
  if (zone !== undefined && zone.toLowerCase() !== timeZone.toLowerCase())
    return { problem: `(${zone}): the assignment's time zone is ${timeZone}; change it there.` };
  return {
    text: text
      .replace(/\s*\([A-Za-z][\w/+-]*\)/, '')
      .toLowerCase()
      .replace(/;.*$/, '')
      .replace(/^once,?\s+(?!an?\b|per\b|every\b|each\b)/, '')
      .replace(/^please\s+/, '')
      .replace(/[.!]+$/, '')
      .trim(),
  };
}
