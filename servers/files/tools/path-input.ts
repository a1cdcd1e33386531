import * as z from 'zod';

/** A path argument. */
export const pathInput = (meaning: string) =>
  z
    .string('expected a path')
    .min(1, 'must not be empty')
    .refine((text) => !text.includes('\0'), 'must not hold a NUL character')
    .describe(`${meaning} Absolute, or relative to the first configured folder.`);

/** A whole number between two bounds. */
export const countInput = (least: number, most: number) =>
  z
    .int('expected a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);

/** What an entry is; `other` is a pipe, a socket or a device. */
export const KIND = z.enum(['file', 'folder', 'link', 'other']);
