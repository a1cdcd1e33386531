import type { Reading } from '../../runtime/progress/wire-scale.ts';

/** One recognisable way in which programs print their progress. */
export interface Form {
  readonly name: string;
  /** A form replaces one of the same or lesser strength; the forms of one program are stronger than general ones. */
  readonly strength: number;
  /** General forms are believed only when the same phase was seen twice, growing. */
  readonly needsConfirmation?: boolean;
  /** Reads one clean line; `undefined` if it is not of this form. */
  read(line: string): Reading | undefined;
}

/** A percentage as a reading; `undefined` when it is none. */
export function percent(phase: string, text: string | undefined): Reading | undefined {
  const value = Number(text);
  return value >= 0 && value <= 100 ? { phase, value, total: 100 } : undefined;
}

/** `value` of `total` as a reading; `undefined` when that makes no sense. */
export function count(
  phase: string,
  value: string | undefined,
  total: string | undefined,
): Reading | undefined {
  const [done, all] = [Number(value), Number(total)];
  return all > 0 && done >= 0 && done <= all ? { phase, value: done, total: all } : undefined;
}
