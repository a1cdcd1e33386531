import * as z from 'zod';

export const FORMATS = ['tar.zst', 'tar.gz', 'copy'] as const;
export type BackupFormat = (typeof FORMATS)[number];

const place = (what: string) =>
  z
    .string('expected a path')
    .min(1, 'must not be empty')
    .refine((text) => !text.includes('\0'), 'must not hold a NUL character')
    .describe(what);

/** The arguments of the tool `backup`. */
export const BACKUP_INPUT = z.strictObject({
  source: place('The folder to back up: absolute, or relative to the first configured folder.'),
  destination: place(
    'Where the backup goes, such as "backups/site.tar.zst"; with the format copy a new folder. Its parent is made if ' +
      'need be. Must not lie in the source.',
  ),
  format: z
    .enum(FORMATS, 'expected tar.zst, tar.gz or copy')
    .optional()
    .describe(
      'What is made. Without it, what the ending of the destination says; a copy when it says nothing.',
    ),
  overwrite: z
    .boolean('expected true or false')
    .default(false)
    .describe('Whether an archive that is there already may be replaced. A folder never is.'),
  onCancel: z
    .enum(['remove', 'keep'], 'expected remove or keep')
    .default('remove')
    .describe(
      'What becomes of the unfinished backup when it is cancelled. Kept, it is named DESTINATION.partial.',
    ),
});

export type BackupInput = z.infer<typeof BACKUP_INPUT>;
