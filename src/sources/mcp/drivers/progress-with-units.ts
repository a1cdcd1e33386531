import { z } from 'zod';
import type { Progress } from '../../../task/task.ts';
import { isObject } from '../wire/read-frame.ts';

const KEY = 'meanwhile/progress';
const TEXT_CHARS = 1_000;

const text = z
  .string()
  .transform((whole) => whole.slice(0, TEXT_CHARS))
  .optional()
  .catch(undefined);

const Told = z.object({
  /** Left out where a phase or a message is all that is known. */
  value: z.number().nonnegative().optional(),
  total: z.number().optional().catch(undefined),
  unit: text,
  phase: text,
  message: text,
});

/**
 * The true numbers of a server, with their unit and phase, from the `_meta` of a progress notification or of a task
 * (docs/progress-with-units.md). Nothing where it says none, or none that can be read.
 */
export function progressWithUnits(meta: unknown): Progress | undefined {
  if (!isObject(meta) || !Object.hasOwn(meta, KEY)) return undefined;
  const told = Told.safeParse(meta[KEY]).data;
  if (told === undefined) return undefined;
  const { value, ...words } = told;
  if (value === undefined && words.phase === undefined && words.message === undefined) return undefined;
  const known = Object.entries(words).filter(([, word]) => word !== undefined);
  return { value: value ?? Number.NaN, ...Object.fromEntries(known) };
}
