import { WORD_WIDTH } from './status-look.ts';

/** Widths in columns; 0 means that the column is left out. Columns stand two blanks apart. */
export interface TableLayout {
  readonly id: number;
  readonly title: number;
  readonly bar: number;
  readonly figure: number;
  readonly time: number;
  readonly note: number;
}

const NARROW_BELOW = 64;
const NOTE_FROM = 100;
const TIME = 6;
const ID = 6;

/**
 * How a table of tasks shares the width: below 64 columns only symbol, title, figure and time; from 100 on
 * a note too. The last column of the terminal stays free, because some terminals wrap when it is filled.
 */
export function tableLayout(columns: number): TableLayout {
  const width = Math.max(20, columns - 1);
  if (columns < NARROW_BELOW) {
    const figure = 5;
    return { id: 0, title: width - 2 - 1 - figure - 1 - TIME, bar: 0, figure, time: TIME, note: 0 };
  }
  const figure = columns >= 72 ? 11 : 6;
  const bar = columns >= 120 ? 16 : columns >= 76 ? 10 : 8;
  const rest = width - (ID + 2) - (WORD_WIDTH + 2 + 2) - 2 - (bar + 1 + figure) - 2 - TIME;
  if (columns < NOTE_FROM) return { id: ID, title: rest, bar, figure, time: TIME, note: 0 };
  const title = Math.min(40, Math.floor((rest - 2) / 2));
  return { id: ID, title, bar, figure, time: TIME, note: rest - 2 - title };
}
