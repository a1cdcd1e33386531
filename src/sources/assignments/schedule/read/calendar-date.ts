import { Temporal } from 'temporal-polyfill';
import { longest } from '../rule/rule-walls.ts';
import { isProblem, type Problem } from '../schedule.ts';
import { MONTH, MONTH_NAMES, monthOf, NUMBER, numberOf } from '../words/names.ts';

/** Patterns of a day in a month: "24 December", "24th of Dec", "December 24th". Two groups or two others. */
export const DAY_IN_MONTH = `(?:(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(${MONTH})\\b|\\b(${MONTH})\\s+(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)?(?!\\d|[:.]\\d|\\s*[ap]m))`;

/** A day in a month, as the pattern found it, or why there is no such day. */
export function dayInMonth(
  groups: readonly (string | undefined)[],
): { month: number; day: number } | Problem {
  const month = monthOf(groups[1] ?? groups[2] ?? '');
  const day = Number(groups[0] ?? groups[3]);
  if (day < 1 || day > longest(month))
    return { problem: `${day} ${MONTH_NAMES[month - 1]}: that month has ${longest(month)} days.` };
  return { month, day };
}

/**
 * Writes the dates of a text as 2026-12-24. A date without a year is its next one from `today` on. The library
 * that reads the rest takes "dec 24" for a month of 2024, and knows no 29 February.
 */
export function writeOutDates(text: string, today: Temporal.PlainDate): string | Problem {
  let problem: Problem | undefined;
  const written = writeOutDays(text, today).replace(
    new RegExp(`\\b(?:on\\s+)?(?:the\\s+)?${DAY_IN_MONTH}(?:,?\\s+(\\d{4})\\b(?!:))?`, 'g'),
    (_, ...found: (string | undefined)[]) => {
      const date = dayInMonth(found.slice(0, 4));
      if (isProblem(date)) {
        problem ??= date;
        return '';
      }
      const iso = found[4] === undefined ? nextDate(date, today) : dateIn(Number(found[4]), date);
      if (iso === undefined) problem ??= { problem: `29 February: there is none in ${found[4]}.` };
      return iso?.toString() ?? '';
    },
  );
  const iso = written.match(/\b\d{4}-\d\d-\d\d/g) ?? [];
  const wrong = iso.find((date) => !isDate(date));
  if (wrong !== undefined)
    problem ??= { problem: `${wrong}: there is no such day; expected year-month-day.` };
  const slashes = /\b(\d{1,2})\/(\d{1,2})(?:\/\d{2,4})?\b/.exec(written);
  if (slashes !== null && Number(slashes[1]) <= 12 && Number(slashes[2]) <= 12 && slashes[1] !== slashes[2])
    problem ??= {
      problem: `${slashes[0]}: the day and the month could be either; write 2027-03-01 or "1 March 2027".`,
    };
  return problem ?? written;
}

/** "tomorrow", "in 3 days" and "next week" as dates: the library reckons those by the machine's own zone. */
function writeOutDays(text: string, today: Temporal.PlainDate): string {
  const later = (span: Temporal.DurationLike) => today.add(span).toString();
  return text
    .replace(/\b(?:the )?day after tomorrow\b/, later({ days: 2 }))
    .replace(/\btomorrow\b/, later({ days: 1 }))
    .replace(/\btoday\b/, today.toString())
    .replace(/\bnext week\b/, later({ weeks: 1 }))
    .replace(/\byesterday\b/, later({ days: -1 }))
    .replace(new RegExp(`\\bin (${NUMBER}) (days?|weeks?)\\b`), (_, number: string, unit: string) =>
      later(unit.startsWith('d') ? { days: numberOf(number) } : { weeks: numberOf(number) }),
    );
}

const isDate = (iso: string): boolean => {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number);
  return month >= 1 && month <= 12 && dateIn(year, { month, day }) !== undefined;
};

function nextDate(
  date: { month: number; day: number },
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  for (let year = today.year; year <= today.year + 8; year += 1) {
    const found = dateIn(year, date);
    if (found !== undefined && Temporal.PlainDate.compare(found, today) >= 0) return found;
  }
  return undefined;
}

function dateIn(
  year: number,
  { month, day }: { month: number; day: number },
): Temporal.PlainDate | undefined {
  const isThere = day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
  return isThere ? Temporal.PlainDate.from({ year, month, day }) : undefined;
}
