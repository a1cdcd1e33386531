import { AppError } from '../../../base/errors.ts';

/**
 * `K=V` (or `K:V`) words as a record; the value may hold the separator, blanks around it are dropped.
 * @throws {AppError} `invalid_arguments` for a word without separator or name
 */
export function pairs(
  option: string,
  words: readonly string[],
  separator: '=' | ':',
): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf(separator);
      if (at <= 0) {
        throw new AppError('invalid_arguments', `${option} takes NAME${separator}VALUE, not \`${word}\`.`);
      }
      return [word.slice(0, at).trim(), word.slice(at + 1).trim()];
    }),
  );
}
