import * as z from 'zod';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\x00-\x1f\x7f]/;
const isNoOption = (text: string): boolean => !text.startsWith('-');
const isPlain = (text: string): boolean => !CONTROL.test(text);

/** A text of one line that git cannot take for an option. */
export const word = (what: string) =>
  z
    .string(`expected ${what}`)
    .min(1, 'must not be empty')
    .max(4_096, 'must be at most 4096 characters')
    .refine(isNoOption, 'must not begin with -')
    .refine(isPlain, 'must not hold line breaks or control characters');

export const repository = word('a path').describe(
  'The repository: an absolute path, or relative to the first configured folder.',
);

export const remoteName = word('the name of a remote');

/** A branch name that git takes (git check-ref-format). */
export const branchName = word('the name of a branch').regex(
  /^(?!.*(?:\.\.|@\{|\/\/|\/\.|\.lock(?:\/|$)))(?![./])[^\s~^:?*[\\]+(?<![./])$/,
  'must be a branch name as git allows it: no blank space, none of ~ ^ : ? * [ \\ and no ..',
);

export const revision = word('a revision').describe(
  'A branch, tag, commit id or other revision, for example main, v1.2 or HEAD~3.',
);

export const paths = z
  .array(word('a path'), 'expected a list of paths')
  .min(1, 'must not be empty; leave it out for all')
  .max(1_000, 'must be at most 1000 paths')
  .describe('Only these paths, relative to the top of the working tree.');

export const limit = (usual: number, most: number) =>
  z
    .int('expected a whole number')
    .min(1, 'must be at least 1')
    .max(most, `must be at most ${most}`)
    .default(usual)
    .describe(`How many to list at most; ${usual} unless told, at most ${most}.`);

export const skip = z
  .int('expected a whole number')
  .min(0, 'must be at least 0')
  .default(0)
  .describe('How many to leave out at the beginning, for the next page.');
