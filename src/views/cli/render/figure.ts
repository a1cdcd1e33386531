import type { Progress } from '../../../task/task.ts';
import { oneLine } from './plain-text.ts';

/** How much of the work is done, 0 to 1; undefined where the end cannot be told. */
export function fractionOf(progress: Progress | undefined): number | undefined {
  if (!progress?.total || progress.total <= 0) return undefined;
  return Math.min(1, Math.max(0, progress.value / progress.total));
}

/**
 * Progress as a figure of at most `width` columns: `12/40 files` or `12/40` where these fit, else `52 %`. Without
 * a total the bare value, `412 files`. Without a unit only the share: a bare number may be anything, seconds too.
 */
export function figure(progress: Progress | undefined, width: number): string {
  if (!progress) return '';
  const { value, total = 0 } = progress;
  const fraction = fractionOf(progress);
  const percent = fraction === undefined ? '' : `${Math.floor(fraction * 100)} %`;
  if (!progress.unit || value === 0) return percent;
  const unit = ` ${oneLine(progress.unit)}`;
  const amount = fraction === undefined ? short(value) : `${short(value)}/${short(total)}`;
  return firstThatFits([`${amount}${unit}`, amount, percent], width);
}

const firstThatFits = (texts: readonly string[], width: number): string =>
  texts.find((text) => text.length <= width) ?? '';

/** At most six characters for any value below 10¹⁵: `12`, `9999`, `12.3k`, `4.5M`. */
function short(value: number): string {
  for (const [size, letter] of [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const)
    if (value >= size && value >= 10_000) return `${Number((value / size).toFixed(1))}${letter}`;
  return String(Number(value.toFixed(1)));
}
