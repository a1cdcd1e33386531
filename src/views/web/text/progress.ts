import type { Progress } from '../data/types.ts';
import { formatAmount, formatPart } from './quantity.ts';

export interface ProgressView {
  /** 0 to 1; absent when the end cannot be told. */
  readonly fraction?: number;
  /** `64%`; absent when the end cannot be told. */
  readonly percent?: string;
  /** `13 of 20 files`, `1.4 of 11.6 GB`; absent without a unit: a bare number may be anything, seconds too. */
  readonly amount?: string;
}

/** What a bar and the words beside it show of the newest progress. */
export function viewProgress(progress: Progress | undefined): ProgressView {
  if (progress === undefined) return {};
  const { value, total, unit } = progress;
  const inPercent = unit === '%' || unit === 'percent';
  const whole = total ?? (inPercent ? 100 : undefined);
  const counted = unit !== undefined && !inPercent;
  if (whole === undefined || !(whole > 0))
    return counted && value !== 0 ? { amount: formatAmount(value, unit) } : {};
  const fraction = Math.min(1, Math.max(0, value / whole));
  // Rounded down: 100% is shown when all is done, and not a moment before.
  const percent = `${Math.floor(fraction * 100 + 1e-9)}%`;
  return counted ? { fraction, percent, amount: formatPart(value, whole, unit) } : { fraction, percent };
}
