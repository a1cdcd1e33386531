import { z } from 'zod';
import type { LogLine } from '../../../task/report.ts';
import { isObject } from '../wire/read-frame.ts';

const KEY = 'meanwhile/output';
const LINE_CHARS = 4_000;
const LINES = 200;

const Told = z.object({
  next: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER),
  lines: z.array(z.string()).optional(),
});

/** The newest lines of the output of one piece of work. */
export interface NumberedLines {
  /** The number of the line after the last of these: how many there have been. */
  readonly next: number;
  readonly lines: readonly string[];
}

/**
 * The numbered lines in the `_meta` of a task or of a log notification (docs/progress-with-units.md).
 * @param text the lines of a log notification, which its `_meta` only numbers
 */
export function numberedLines(meta: unknown, text?: unknown): NumberedLines | undefined {
  if (!isObject(meta) || !Object.hasOwn(meta, KEY)) return undefined;
  const told = Told.safeParse(meta[KEY]).data;
  const lines =
    told?.lines ?? (typeof text === 'string' ? text.replace(/\r?\n$/, '').split('\n') : undefined);
  if (told === undefined || lines === undefined || lines.length > told.next) return undefined;
  return { next: told.next, lines: lines.slice(-LINES) };
}

/** Brings the lines of work into its log once each, however often they are told. */
export interface NumberedOutput {
  /** The number of the line that is expected next; nothing while none was told. */
  readonly next: number | undefined;
  /** The lines that are new, and a word on those that were told too late to be had. */
  newLines(told: NumberedLines): LogLine[];
  /** Whether the server numbers its lines. */
  readonly isNumbered: boolean;
  /**
   * Lines that came without numbers: they count as the next ones. Once it is known that all come with their numbers
   * too, these say nothing.
   */
  unnumbered(lines: readonly string[]): LogLine[];
}

/** @param next the first line that is not in the log yet; left out when that is not known */
export function numberedOutput(next?: number): NumberedOutput {
  let expected = next;
  let isNumbered = false;
  return {
    get next() {
      return expected;
    },
    get isNumbered() {
      return isNumbered;
    },
    unnumbered(lines) {
      if (isNumbered) return [];
      if (expected !== undefined) expected += lines.length;
      return lines.slice(0, LINES).map(line);
    },
    newLines({ next, lines }) {
      isNumbered = true;
      const first = next - lines.length;
      if (expected !== undefined && next <= expected) return [];
      const missed = expected === undefined ? 0 : Math.max(0, first - expected);
      const fresh = expected === undefined ? lines : lines.slice(Math.max(0, expected - first));
      expected = next;
      return [
        ...(missed > 0 ? [line(`… (${missed} ${missed === 1 ? 'line' : 'lines'} not sent) …`)] : []),
        ...fresh.map(line),
      ];
    },
  };
}

const line = (text: string): LogLine => ({ kind: 'output', text: text.slice(0, LINE_CHARS) });
