import { readFileSync, statSync } from 'node:fs';
import { chmod, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../../../base/errors.ts';
import { fieldErrors, inOneSentence } from '../../../base/field-errors.ts';
import { type ModelEntry, ModelEntrySchema } from '../../model-directory.ts';

/** How far the assistant goes by itself. */
const LimitsSchema = z.strictObject({
  /** Answers of the model in one turn. */
  steps: z.number().int().min(1).max(1_000).default(50),
  /** Tokens that the model may write in one turn. */
  outputTokens: z.number().int().min(1).optional(),
  /** What one turn may cost, in the currency of its model. */
  cost: z.number().min(0).optional(),
  /** Work that runs longer goes to the background. */
  detachAfterMs: z.number().int().min(0).max(2_147_483_647).default(10_000),
  /** Turns in a row that the ends of tasks have begun, without a person's word. */
  selfStarted: z.number().int().min(0).max(1_000).default(10),
  /** How often the model is asked again when it refuses for now. */
  retries: z.number().int().min(0).max(20).default(4),
});

export type Limits = z.infer<typeof LimitsSchema>;

const FileSchema = z.strictObject({
  default: z.string().optional(),
  models: z.array(ModelEntrySchema).default([]),
  limits: LimitsSchema.default(LimitsSchema.parse({})),
  /** Whether chats are named by their model, after the first answer. */
  titles: z.boolean().default(true),
});

export type ModelsContent = z.infer<typeof FileSchema>;

export interface ModelsFile {
  /** What stands in it now; what cannot be read counts as empty, and says why. */
  read(): ModelsContent & { readonly problem?: string };
  /**
   * One change at a time; replaced atomically, for its owner's eyes only.
   * @throws {AppError} `config_invalid` (it does not parse: nothing is changed), `config_read_only`
   */
  change(change: (before: ModelsContent) => ModelsContent): Promise<void>;
}

/** `models.json`: read anew when it has changed on disk, so that it may be edited by hand too. */
export function openModelsFile(path: string): ModelsFile {
  let writing: Promise<unknown> = Promise.resolve();
  let known: { readonly mark: string; readonly content: ReturnType<ModelsFile['read']> } | undefined;

  function read(): ReturnType<ModelsFile['read']> {
    let mark: string;
    try {
      const { mtimeNs, size, ino } = statSync(path, { bigint: true });
      mark = `${mtimeNs} ${size} ${ino}`;
    } catch {
      return FileSchema.parse({}); // nothing is set up yet
    }
    if (known?.mark !== mark) known = { mark, content: parse(path) };
    return known.content;
  }

  async function write(change: (before: ModelsContent) => ModelsContent): Promise<void> {
    const { problem, ...before } = read();
    if (problem !== undefined) throw new AppError('config_invalid', `${problem} Correct the file first.`);
    const draft = `${path}.${process.pid}.new`;
    const after = change(before);
    try {
      await writeFile(draft, `${JSON.stringify(after, null, 2)}\n`, { mode: 0o600 });
      await chmod(draft, 0o600);
      await rename(draft, path);
    } catch (error) {
      throw new AppError(
        'config_read_only',
        `models.json could not be written: ${(error as Error).message}.`,
        {
          cause: error,
        },
      );
    }
  }

  return {
    read,
    change(change) {
      const done = writing.then(() => write(change));
      writing = done.catch(() => {});
      return done;
    },
  };
}

function parse(path: string): ReturnType<ModelsFile['read']> {
  const empty = (problem: string) => ({ ...FileSchema.parse({}), problem });
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return empty('models.json does not parse as JSON.'); // the words of the parser would quote it, keys and all
  }
  const read = FileSchema.safeParse(value);
  if (read.success) return read.data;
  return empty(`models.json: ${inOneSentence(fieldErrors(read.error))}`);
}

export const modelIn = ({ models }: ModelsContent, id: string): ModelEntry => {
  const found = models.find((model) => model.id === id);
  if (found === undefined) throw new AppError('model_not_found', `There is no model “${id}”.`);
  return found;
};
