const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** `612 bytes`, `4.2 MB`; of 1,000, as file managers show it. */
export function inBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.95 && unit < UNITS.length - 1) {
    value /= 1_000;
    unit++;
  }
  return unit === 0 ? counted(bytes, 'byte') : `${value.toFixed(1)} ${UNITS[unit]}`;
}

/** `1 file`, `1,200 files`, `2 entries`. */
export function counted(count: number, one: string): string {
  const many = one.endsWith('y') ? `${one.slice(0, -1)}ies` : `${one}s`;
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
