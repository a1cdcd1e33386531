import type { Length } from './form-state.ts';

export const UNITS = [
  ['seconds', 1_000],
  ['minutes', 60_000],
  ['hours', 3_600_000],
  ['days', 86_400_000],
] as const;

/** @returns ms; undefined where nothing is typed, NaN where it is no number */
export function lengthMs({ amount, unit }: Length): number | undefined {
  if (amount.trim() === '') return undefined;
  const size = UNITS.find(([name]) => name === unit)?.[1] ?? 1_000;
  return Math.round(Number(amount) * size);
}

/** In the largest unit in which it is whole. */
export function lengthOf(ms: number | undefined): Length {
  if (ms === undefined) return { amount: '', unit: 'seconds' };
  const [unit, size] = UNITS.findLast(([, each]) => ms >= each && ms % each === 0) ?? UNITS[0];
  return { amount: String(ms / size), unit };
}
