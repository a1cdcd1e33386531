import { AppError } from '../../base/errors.ts';
import { plainText } from './render/plain-text.ts';

/** An error as a person reads it: what is wrong and, indented, each field that is wrong. Never a stack. */
export function errorText(error: unknown): string {
  if (error instanceof AppError) {
    const fields = error.fields.map(({ field, expected }) => `\n  ${field}: ${expected}`);
    return plainText(`meanwhile: ${error.detail}${fields.join('')}\n`);
  }
  return plainText(`meanwhile: ${error instanceof Error ? error.message : String(error)}\n`);
}
