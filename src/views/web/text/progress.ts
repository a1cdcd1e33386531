import type { Progress } from '../data/types.ts';
import { formatAmount, formatPart } from './quantity.ts';

export interface ProgressView {
  /** 0 to 1; absent when the end cannot be told. */
  readonly fraction?: number;
  /** `64%`; absent when the end cannot be told. */
  readonly percent?: string;
  /** `13 of 20`, `1.4 of 11.6 GB`; absent when it would only repeat the percent, or when nothing was counted. */
  readonly amount?: string;
}

/** What a bar and the words beside it show of the newest progress. */
export function viewProgress(progress: Progress | undefined): ProgressView {
  if (progress === undefined) return {};
  const { value, total, unit } = progress;
  const inPercent = unit === '%' || unit === 'percent';
  const whole = total ?? (inPercent ? 100 : undefined);
  if (whole === undefined || !(whole > 0)) return value === 0 ? {} : { amount: formatAmount(value, unit) };
  const fraction = Math.min(1, Math.max(0, value / whole));
  // Rounded down: 100% is shown when all is done, and not a moment before.
  const percent = `${Math.floor(fraction * 100 + 1e-9)}%`;
  const repeats = inPercent || (whole === 100 && unit === undefined);
  return repeats ? { fraction, percent } : { fraction, percent, amount: formatPart(value, whole, unit) };
}
