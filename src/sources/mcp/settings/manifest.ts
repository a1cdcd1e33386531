import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../base/errors.ts';
import { fieldErrors } from '../../../base/field-errors.ts';
import type { SettingField } from '../../../store/records.ts';
import { SETTINGS } from '../../server-entry.ts';

const FILE_CHARS = 500_000;
const TITLE_CHARS = 100;
const TEXT_CHARS = 500;
const CHOICES = 100;

/** What a manifest says of a server: how it is called, and what it can be set to. */
export interface Manifest {
  readonly title?: string;
  readonly description?: string;
  readonly fields: readonly SettingField[];
  /** Settings that are secret. They never become options, which every process on the machine can read. */
  readonly secrets: readonly string[];
}

const cut = (chars: number) => z.string().transform((text) => text.slice(0, chars));
const choices = z.array(cut(TITLE_CHARS)).max(CHOICES).optional();

/** `whole`, `suggestions` and `options` are ours; a manifest without them is a manifest all the same. */
const FieldSchema = z
  .object({
    type: z.enum(['directory', 'file', 'string', 'number', 'boolean']),
    title: cut(TITLE_CHARS),
    description: cut(TEXT_CHARS).optional(),
    required: z.boolean().optional(),
    default: z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).max(CHOICES)]).optional(),
    multiple: z.boolean().optional(),
    sensitive: z.boolean().optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    whole: z.boolean().optional(),
    suggestions: choices,
    options: choices,
  })
  .refine(
    ({ type, multiple }) => multiple !== true || type === 'directory' || type === 'file' || type === 'string',
    {
      error: 'false: only folders, files and texts come as lists',
      path: ['multiple'],
    },
  );

const ManifestSchema = z.object({
  display_name: cut(TITLE_CHARS).optional(),
  description: cut(TEXT_CHARS).optional(),
  user_config: z
    .record(
      z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}$/, 'names of letters, digits, -, _ and .'),
      FieldSchema,
    )
    .refine((config) => Object.keys(config).length <= SETTINGS, `at most ${SETTINGS} settings`)
    .optional(),
});

/**
 * Reads the `manifest.json` of an MCP bundle (MCPB 0.3). Fields that say nothing to us are passed over.
 * @throws {AppError} `config_invalid`, naming the file, the field and what was expected
 */
export function readManifest(path: string): Manifest {
  const parsed = ManifestSchema.safeParse(readJson(path));
  if (!parsed.success) {
    const wrong = fieldErrors(parsed.error).map(({ field, expected }) => `${field}: expected ${expected}`);
    throw unreadable(path, `${wrong.slice(0, 5).join('; ')}.`);
  }
  const { display_name: title, description, user_config: config = {} } = parsed.data;
  const all = Object.entries(config);
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    fields: all
      .filter(([, { sensitive }]) => sensitive !== true)
      .map(([name, field]) => settingField(name, field)),
    secrets: all.filter(([, { sensitive }]) => sensitive === true).map(([name]) => name),
  };
}

function settingField(name: string, field: z.infer<typeof FieldSchema>): SettingField {
  const { sensitive: _, required, multiple, whole, ...rest } = field;
  const known = Object.entries(rest).filter(([, value]) => value !== undefined);
  return {
    name,
    ...(Object.fromEntries(known) as Pick<SettingField, 'type' | 'title'>),
    ...(required === true && { required }),
    ...(multiple === true && { multiple }),
    ...(whole === true && { whole }),
  };
}

function readJson(path: string): unknown {
  if (!isAbsolute(path)) throw unreadable(path, 'expected an absolute path.');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, `it cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  if (text.length > FILE_CHARS) throw unreadable(path, 'it is longer than a manifest can be.');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(path, `expected JSON. ${(error as Error).message}`);
  }
}

function unreadable(path: string, why: string): AppError {
  const field = 'meanwhile.manifest';
  const expected = 'the manifest.json of an MCP bundle';
  return new AppError('config_invalid', `The manifest ${path}: ${why}`, { fields: [{ field, expected }] });
}
