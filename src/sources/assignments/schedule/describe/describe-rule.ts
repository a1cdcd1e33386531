import { RRuleTemporal } from 'rrule-temporal';
import { toText } from 'rrule-temporal/totext';
import { formatRule, type Rule } from '../rule/rule.ts';
import { longest, untilWall } from '../rule/rule-walls.ts';
import type { WallTime } from '../wall-time.ts';
import {
  andWords,
  dateWords,
  dayOfMonthWords,
  daysWords,
  monthWords,
  timesWords,
  timeWords,
} from '../words/phrases.ts';
import { fromMinutes, inOrder, type TimeOfDay } from '../words/time-of-day.ts';
import { ruleDaysWords } from './rule-days-words.ts';

/** A rule in words, such as can be read again. What has no words of ours gets those of the library. */
export function describeRule(rule: Rule, start: WallTime, timeZone: string): string {
  const main = mainWords(rule, start);
  const limits = limitWords(rule, start, timeZone);
  if (main === undefined) return `${libraryWords(rule, start)}${limits}`;
  return `${main}${limits}${skipWords(rule, start)}`;
}

function mainWords(rule: Rule, start: WallTime): string | undefined {
  if (rule.byWeekNo !== undefined || rule.byYearDay !== undefined) return undefined;
  if (rule.freq === 'HOURLY' || rule.freq === 'MINUTELY') return stepsWords(rule);
  const times = timesOf(rule, start);
  const days = ruleDaysWords(times.isChosen ? { ...rule, bySetPos: undefined } : rule, start);
  return times.times.length === 0 || days === undefined ? undefined : `${days} ${timesWords(times.times)}`;
}

/** The times of day of a rule, and whether its BYSETPOS is what chooses them. */
function timesOf(rule: Rule, start: WallTime): { times: TimeOfDay[]; isChosen: boolean } {
  const hours = rule.byHour ?? [start.hour];
  const minutes = rule.byMinute ?? [start.minute];
  const all = inOrder(hours.flatMap((hour) => minutes.map((minute) => fromMinutes(hour * 60 + minute))));
  if (rule.freq !== 'DAILY' || rule.bySetPos === undefined) return { times: all, isChosen: false };
  return {
    times: rule.bySetPos.flatMap((position) => all.at(position > 0 ? position - 1 : position) ?? []),
    isChosen: true,
  };
}

function stepsWords(rule: Rule): string | undefined {
  if (rule.byHour !== undefined || rule.bySetPos !== undefined || rule.byMonthDay !== undefined)
    return undefined;
  const isHours = rule.freq === 'HOURLY';
  if (!isHours && rule.byMinute !== undefined) return undefined;
  const unit = isHours ? 'hour' : 'minute';
  const step = rule.interval === 1 ? unit : `${rule.interval} ${unit}s`;
  const marks =
    rule.byMinute === undefined
      ? ''
      : ` at ${andWords(rule.byMinute.map((minute) => `:${String(minute).padStart(2, '0')}`))}`;
  const days =
    rule.byDay === undefined ? '' : ` on every ${daysWords(rule.byDay.map(({ weekday }) => weekday))}`;
  const months = rule.byMonth === undefined ? '' : ` in ${andWords(rule.byMonth.map(monthWords))}`;
  return `Every ${step}${marks}${days}${months}`;
}

/** Where it begins, if its steps are counted from there, and where it ends. */
function limitWords(rule: Rule, start: WallTime, timeZone: string): string {
  const isStepped =
    rule.interval > 1 ||
    ((rule.freq === 'HOURLY' || rule.freq === 'MINUTELY') &&
      rule.byMinute === undefined &&
      rule.byDay === undefined);
  const isAnchored = rule.freq === 'HOURLY' || rule.freq === 'MINUTELY';
  const from = isStepped
    ? `, starting ${dateWords(start)}${isAnchored ? ` at ${timeWords(start)}` : ''}`
    : '';
  const count = rule.count === undefined ? '' : `, ${rule.count} ${rule.count === 1 ? 'time' : 'times'}`;
  if (rule.until === undefined) return `${from}${count}`;
  const until = untilWall(rule.until, timeZone);
  const isWholeDay = until.hour === 23 && until.minute === 59 && until.second === 59;
  return `${from}, until ${dateWords(until)}${isWholeDay ? '' : ` at ${timeWords(until)}`}${count}`;
}

/** Says which months or years are left out because they have no such day. */
function skipWords(rule: Rule, start: WallTime): string {
  if (
    rule.byDay !== undefined ||
    (rule.freq !== 'MONTHLY' && rule.freq !== 'YEARLY' && rule.byMonthDay === undefined)
  )
    return '';
  const days = rule.byMonthDay ?? [start.day];
  const months =
    rule.byMonth ?? (rule.freq === 'YEARLY' ? [start.month] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  const day = Math.max(...days);
  if (months.length === 1 && months[0] === 2 && day === 29)
    return '; years without a 29 February are skipped';
  const isShort = months.some((month) => day > (month === 2 ? 28 : longest(month)));
  if (!isShort) return '';
  const name = dayOfMonthWords(day);
  return days.length === 1
    ? `; months without a ${name} are skipped`
    : `; the ${name} is skipped in months without it`;
}

function libraryWords(rule: Rule, start: WallTime): string {
  const { count: _, until: __, ...endless } = rule;
  const text = toText(
    new RRuleTemporal({ rruleString: formatRule(endless), dtstart: start.toZonedDateTime('UTC') }),
  ).replace(/ UTC\b/, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
