import { createHash } from 'node:crypto';

const ENDING = '.meanwhile-part';

/** Of a file that is not whole yet, beside the place where it will be: `.report.pdf.meanwhile-part`. */
export function partName(name: string): string {
  const whole = `.${name}${ENDING}`;
  if (Buffer.byteLength(whole) <= 255) return whole;
  return `.${createHash('sha256').update(name).digest('hex')}${ENDING}`;
}

export const isPartName = (name: string): boolean => name.startsWith('.') && name.endsWith(ENDING);
