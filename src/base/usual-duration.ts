/** Fewer runs than this say nothing about the next one. */
const ENOUGH_RUNS = 5;

export interface UsualDuration {
  readonly medianMs: number;
  readonly p90Ms: number;
  readonly runs: number;
}

/** How long something usually takes, from its newest completed runs, in milliseconds; nothing below five runs. */
export function usualDuration(durationsMs: readonly number[]): UsualDuration | undefined {
  if (durationsMs.length < ENOUGH_RUNS) return undefined;
  const sorted = [...durationsMs].sort((a, b) => a - b);
  return { medianMs: quantile(sorted, 0.5), p90Ms: quantile(sorted, 0.9), runs: sorted.length };
}

const quantile = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
