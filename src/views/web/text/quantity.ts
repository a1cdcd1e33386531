const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;
const BYTE_WORDS = new Set(['b', 'byte', 'bytes']);

/** A count with thousands marked; at most one decimal. */
export function formatCount(value: number): string {
  return new Intl.NumberFormat('en', { maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0 }).format(value);
}

/** Bytes in decimal units: `812 B`, `1.4 GB`. */
export function formatBytes(bytes: number): string {
  const step = stepOf(bytes);
  return `${inStep(bytes, step)} ${UNITS[step]}`;
}

/** `1.4 of 11.6 GB` for bytes, `13 of 20 epochs` for other units, `13 of 20` without one. */
export function formatPart(value: number, total: number, unit?: string): string {
  if (unit !== undefined && BYTE_WORDS.has(unit.toLowerCase())) {
    const step = stepOf(total);
    return `${inStep(value, step)} of ${inStep(total, step)} ${UNITS[step]}`;
  }
  const numbers = `${formatCount(value)} of ${formatCount(total)}`;
  return unit ? `${numbers} ${unit}` : numbers;
}

/** `1.4 GB`, `13 files` or `13`. */
export function formatAmount(value: number, unit?: string): string {
  if (unit !== undefined && BYTE_WORDS.has(unit.toLowerCase())) return formatBytes(value);
  return unit ? `${formatCount(value)} ${unit}` : formatCount(value);
}

function stepOf(bytes: number): number {
  let step = 0;
  for (let rest = Math.abs(bytes); rest >= 999.5 && step < UNITS.length - 1; rest /= 1_000) step += 1;
  return step;
}

function inStep(bytes: number, step: number): string {
  const value = bytes / 1_000 ** step;
  return step > 0 && value < 100 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}
