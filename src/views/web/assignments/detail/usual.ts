import type { RunGlance } from '../../data/types.ts';
import { formatDuration, formatRoughly } from '../../text/duration.ts';

/** How long completed runs take, in ms. */
export interface Usual {
  readonly medianMs: number;
  readonly p90Ms: number;
}

/** `3–5 min`; one length where both are about the same. */
export function usualRange({ medianMs, p90Ms }: Usual): string {
  const [low, high] = [formatRoughly(medianMs), formatRoughly(p90Ms)];
  if (low === high) return low;
  const [lowUnit, highUnit] = [low.split(' ')[1], high.split(' ')[1]];
  return lowUnit === highUnit ? `${low.split(' ')[0]}–${high}` : `${low} – ${high}`;
}

/** The last run beside the usual: `Usually 3–5 min, the last took 4 min 10 s`. */
export function comparison(
  usual: Usual | undefined,
  last: RunGlance | undefined,
): { readonly text: string; readonly isLate: boolean } | undefined {
  const took = last?.durationMs;
  const isLate = usual !== undefined && took !== undefined && took > Math.max(usual.p90Ms, 1_000);
  const lastWords =
    took === undefined ? '' : `the last took ${formatDuration(took)}${isLate ? ', longer than usual' : ''}`;
  if (usual === undefined) return lastWords === '' ? undefined : { text: capital(lastWords), isLate: false };
  const words = `Usually ${usualRange(usual)}`;
  return { text: lastWords === '' ? words : `${words}, ${lastWords}`, isLate };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
