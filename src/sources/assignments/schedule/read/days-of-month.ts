import { type RuleDay, WORKING_DAYS } from '../rule/rule.ts';
import type { Problem } from '../schedule.ts';
import { AND, NTH, nthOf, WEEKDAY, weekdaysOf } from '../words/names.ts';
import type { RemainingText } from './remaining-text.ts';

/** Days of a month as a rule names them. */
export interface DaysOfMonth {
  readonly byMonthDay?: readonly number[];
  readonly byDay?: readonly RuleDay[];
  readonly bySetPos?: readonly number[];
  /** Whether one of them is counted from the end. */
  readonly isAtEnd: boolean;
}

const NUMBERED = `\\b(${NTH}(?:${AND}(?:the\\s+)?${NTH})*)\\s+(${WEEKDAY}\\b|(?:working|business|work)\\s*days?|weekdays?|days?\\b)`;
const ORDINAL = '\\b(\\d{1,2})(?:st|nd|rd|th)\\b|\\bdays?\\s+(\\d{1,2})\\b';

/** Takes "the last friday", "the 1st and 15th" or "the last day" out of a text; undefined when there is none. */
export function daysOfMonth(text: RemainingText, isMonthly: boolean): DaysOfMonth | Problem | undefined {
  const numbered = isMonthly ? text.takeAll(NUMBERED) : [];
  const ordinals = text.takeAll(ORDINAL);
  const isLast = text.take('\\blast(?:\\s+day)?\\b') !== undefined;
  const wrong = ordinals.find((found) => dayOf(found) < 1 || dayOf(found) > 31);
  if (wrong !== undefined)
    return { problem: `${wrong[0]}: no month has that day; expected the 1st to the 31st.` };
  const [only] = ordinals;
  if (!isMonthly && only !== undefined && ordinals.length === 1 && !isLast)
    return {
      problem: `"${only[0]}": of which month? For example "on the ${only[0]} of every month" or "on ${dayOf(only)} December".`,
    };

  const byMonthDay = [...ordinals.map(dayOf), ...(isLast ? [-1] : [])];
  const byDay: RuleDay[] = [];
  const bySetPos: number[] = [];
  for (const [, numbers = '', name = ''] of numbered) {
    const nths = (numbers.match(new RegExp(NTH, 'g')) ?? []).map(nthOf);
    if (/^days?$/.test(name)) byMonthDay.push(...nths);
    else if (/week|work|business/.test(name)) bySetPos.push(...nths);
    else byDay.push(...weekdaysOf(name).flatMap((weekday) => nths.map((nth) => ({ weekday, nth }))));
  }
  const kinds = [byMonthDay, byDay, bySetPos].filter((kind) => kind.length > 0);
  if (kinds.length === 0) return undefined;
  if (kinds.length > 1)
    return { problem: 'Days by number and by weekday do not go together: make one of each.' };
  const isAtEnd = [...byMonthDay, ...bySetPos, ...byDay.map(({ nth }) => nth ?? 1)].some((day) => day < 0);
  if (byMonthDay.length > 0) return { byMonthDay: [...new Set(byMonthDay)], isAtEnd };
  if (byDay.length > 0) return { byDay, isAtEnd };
  return { byDay: WORKING_DAYS.map((weekday) => ({ weekday })), bySetPos, isAtEnd };
}

const dayOf = (found: RegExpExecArray): number => Number(found[1] ?? found[2]);
