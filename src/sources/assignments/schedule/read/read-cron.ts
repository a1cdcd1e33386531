import { dueByCron } from '../due/due-cron.ts';
import type { Problem, ReadingContext, Schedule } from '../schedule.ts';

const NAME = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)';
const FIELD = new RegExp(`^(?:[\\d*?,/#-]|l|w|${NAME})+$`, 'i');
const NICKNAME = /^@[a-z]+$/i;
const FORM = 'Expected five fields: minute, hour, day of the month, month, weekday, such as "0 9 * * 1-5".';

/** Whether a text is meant as a cron expression. */
export function isCron(text: string): boolean {
  const fields = text.split(/\s+/);
  if (NICKNAME.test(text)) return true;
  if (fields.length < 3 || fields.length > 7 || !fields.every((field) => FIELD.test(field))) return false;
  return text.includes('*') || fields.length >= 5;
}

/** Reads a cron expression of five fields. L, #, W, names and nicknames are what croner takes them for. */
export function readCron(text: string, { timeZone, nowMs }: ReadingContext): Schedule | Problem {
  const fields = text.split(/\s+/);
  if (!NICKNAME.test(text) && fields.length !== 5)
    return {
      problem: `"${text}" has ${fields.length} fields. ${FORM} Seconds are not taken: the shortest step is a minute.`,
    };
  const expression = NICKNAME.test(text) ? text.toLowerCase() : fields.join(' ').toUpperCase();
  try {
    for (const _ of dueByCron(expression, timeZone, nowMs)) return { kind: 'cron', expression };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (expression === '@reboot') return { problem: `"@reboot" is no time. ${FORM}` };
    return { problem: `"${text}": ${message.replace(/^CronPattern: /, '').replace(/\.?$/, '.')} ${FORM}` };
  }
  return { problem: `"${text}" never comes: no such day is in the calendar.` };
}
