/** What one line says of how far a program is. */
export interface Reading {
  /** Names the phase, so that a later one that starts small again is told from one that goes backwards. */
  readonly phase: string;
  readonly value: number;
  /** Left out where the program does not know it. */
  readonly total?: number;
  /** What is counted, in the plural; `bytes`, `seconds` or `%`. */
  readonly unit?: string;
}

/** One recognisable way in which programs print their progress. */
export interface Form {
  readonly name: string;
  /** A form replaces one of the same or lesser strength; the forms of one program are stronger than general ones. */
  readonly strength: number;
  /** Forms that other things look like are believed only when the same phase was seen twice, growing. */
  readonly needsConfirmation?: boolean;
  /**
   * Reads one clean line; `undefined` if it is not of this form. `nothing` if it is, but says nothing of how far it is,
   * so that no general form makes something of its figures.
   * @param noted what `note` found before
   */
  read(line: string, noted: number | undefined): Reading | 'nothing' | undefined;
  /** A figure that later lines of this form need, such as a total that is printed once at the beginning. */
  note?(line: string): number | undefined;
}

/** How much the form of one program is worth, against a general one. */
export const OF_PROGRAM = 3;

type Read = (match: readonly string[]) => Reading | 'nothing' | undefined;

/** One row of the table: a program, how its lines look, and how they are read. */
export const row = (name: string, pattern: RegExp, read: Read, more: Partial<Form> = {}): Form => ({
  name,
  strength: OF_PROGRAM,
  read(line) {
    const match = pattern.exec(line);
    return match ? read(match.map((group) => group ?? '')) : undefined;
  },
  ...more,
});

/** A percentage as a reading; `undefined` when it is none. */
export function percent(phase: string, text: string | undefined): Reading | undefined {
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  return value >= 0 && value <= 100 ? { phase, value, total: 100, unit: '%' } : undefined;
}

/** `value` of `total` as a reading; `undefined` when that makes no sense. */
export function count(
  phase: string,
  value: string | number | undefined,
  total: string | number | undefined,
  unit?: string,
): Reading | undefined {
  const [done, all] = [Number(value), Number(total)];
  if (!(all > 0 && done >= 0 && done <= all)) return undefined;
  return { phase, value: done, total: all, ...(unit !== undefined && { unit }) };
}

/** Bytes of a known whole. Both are printed rounded, so the part may seem larger than the whole by a little. */
export function bytes(
  phase: string,
  value: number | undefined,
  total: number | undefined,
): Reading | undefined {
  if (value === undefined || total === undefined) return undefined;
  return count(phase, value <= total * 1.02 ? Math.min(value, total) : value, total, 'bytes');
}

/** So many of something, of nobody knows how many. */
export const soFar = (phase: string, value: number | undefined, unit: string): Reading | undefined =>
  value === undefined || !Number.isFinite(value) ? undefined : { phase, value, unit };
