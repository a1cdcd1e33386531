import { count, type Form, percent } from './form.ts';

/** `45%`, `45.2 %`: the only percentage of its line, with at most one other number before it. */
export const percentOf: Form = {
  name: 'percentage',
  strength: 2,
  needsConfirmation: true,
  read(line) {
    const matches = [...line.matchAll(/(?<![\w./:%-])(\d{1,3}(?:\.\d+)?) ?%(?![\w%])/g)];
    const [match] = matches;
    if (matches.length !== 1 || !match) return undefined;
    const before = line.slice(0, match.index);
    if (isTable(before)) return undefined;
    return percent(phaseOf(before), match[1]);
  },
};

/**
 * `3/7`, `[12/345]`, `3 of 10`. Not dates (`2026/11/23`), paths (`a/1/2`), ratios in words (`1/2x`) or speeds: what
 * stands at either side is no letter, digit, slash, dot or dash, and the whole is the only one of its line.
 */
export const countOf: Form = {
  name: 'count',
  strength: 1,
  needsConfirmation: true,
  read(line) {
    const matches = [
      ...line.matchAll(/(?<![\w./:,-])(\d{1,12})(?: ?\/ ?| of )(\d{1,12})(?![\w/:-]|[.,]\d)/g),
    ];
    const [match] = matches;
    if (matches.length !== 1 || !match || Number(match[2]) < 2) return undefined;
    const before = line.slice(0, match.index);
    return isTable(before) ? undefined : count(phaseOf(before), match[1], match[2]);
  },
};

const TIME = /\d{4}-\d\d-\d\d|\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?/g;

/** Several numbers before the one in question make a row of a table, such as that of df; dates and times do not. */
const isTable = (before: string): boolean => (before.replace(TIME, '').match(/\d+/g) ?? []).length > 1;

/** What stands before the number, without its own digits, marks and filling: that much stays while it counts. */
const phaseOf = (before: string): string =>
  before
    .replace(/\d+/g, '0')
    .replace(/[^\p{L}0]+/gu, ' ')
    .trim();
