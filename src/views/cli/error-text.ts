import { AppError } from '../../base/errors.ts';
import { plainText } from './render/plain-text.ts';

/** An error as a person reads it: what is wrong and, indented, each field that is wrong and each other work that is touched. Never a stack. */
export function errorText(error: unknown): string {
  if (error instanceof AppError) {
    const fields = error.fields.map(({ field, expected }) => `\n  ${field}: ${expected}`);
    const others = error.others.map(({ id, title }) => `\n  ${title} (${id})`);
    return plainText(`meanwhile: ${error.detail}${[...fields, ...others].join('')}\n`);
  }
  return plainText(`meanwhile: ${error instanceof Error ? error.message : String(error)}\n`);
}
