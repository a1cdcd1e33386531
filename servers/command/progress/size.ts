const POWERS = ['', 'k', 'm', 'g', 't', 'p'];

/**
 * Bytes of a printed size: `1.2 MiB`, `9785k`, `20.0 MB`, `0 B`. `undefined` when it is none.
 * @param thousand what `k` without an `i` means to the program that printed it
 */
export function sizeOf(text: string, thousand: 1_000 | 1_024 = 1_000): number | undefined {
  const match = /^\s*([\d.,]+)\s*([kmgtp]?)(i?)(?:b|bytes)?\s*$/i.exec(text);
  if (match === null) return undefined;
  const [, digits, prefix, binary] = match;
  const number = Number(digits!.replaceAll(',', ''));
  const power = POWERS.indexOf(prefix!.toLowerCase());
  return Number.isFinite(number)
    ? Math.round(number * (binary === '' ? thousand : 1_024) ** power)
    : undefined;
}
