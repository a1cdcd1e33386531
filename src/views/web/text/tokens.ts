/* What models count and cost, in short. */

export function formatTokens(count: number): string {
  if (count < 1_000) return String(count);
  if (count < 999_500) return `${trim(count / 1_000)}k`;
  return `${trim(count / 1_000_000)}M`;
}

const trim = (number: number): string =>
  number < 9.95 ? number.toFixed(1).replace(/\.0$/, '') : number.toFixed(0);

/** Small sums keep two digits that say something: `€0.0031`. */
export function formatCost(cost: number, currency: string): string {
  const digits = cost === 0 || cost >= 0.1 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(cost)));
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  }).format(cost);
}
