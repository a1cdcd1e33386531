import { z } from 'zod';

/*
 * The models that the assistant may speak through, as views see them. A key goes in and never comes out: only whether
 * there is one, and its last characters.
 */

export const PROVIDERS = ['anthropic', 'openai', 'google', 'openai-compatible'] as const;

export type ProviderName = (typeof PROVIDERS)[number];

const MODEL_ID = /^[a-zA-Z0-9][a-zA-Z0-9._:-]{0,63}$/;

export const PriceSchema = z.strictObject({
  inputPerMillion: z.number().min(0),
  outputPerMillion: z.number().min(0),
  /** ISO 4217, such as `EUR`. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency of three letters, such as EUR'),
});

/** What can be said of a model, without its id. */
export const modelFields = {
  provider: z.enum(PROVIDERS),
  /** As the provider names it. */
  model: z.string().trim().min(1).max(200),
  baseUrl: z
    .url({ protocol: /^https?$/, error: 'an http or https address' })
    .max(500)
    .optional(),
  /** The key itself, or `${VAR}` for one in the environment. */
  apiKey: z.string().trim().min(1).max(500).optional(),
  /** How much it can read at once. */
  contextTokens: z.number().int().min(1_000).max(100_000_000).optional(),
  title: z.string().trim().min(1).max(100).optional(),
  price: PriceSchema.optional(),
};

export const modelIdField = z
  .string()
  .regex(MODEL_ID, 'an id of letters, digits, and . _ : -, at most 64, which begins with a letter or digit');

export const ModelEntrySchema = z
  .strictObject({ id: modelIdField, ...modelFields })
  .refine(({ provider, baseUrl }) => provider !== 'openai-compatible' || baseUrl !== undefined, {
    path: ['baseUrl'],
    error: 'the address of the server, such as http://localhost:11434/v1',
  });

/** As it stands in `models.json`. */
export type ModelEntry = z.infer<typeof ModelEntrySchema>;

/** Null takes a field out. */
export interface ModelChange {
  readonly provider?: ProviderName | undefined;
  readonly model?: string | undefined;
  readonly baseUrl?: string | null | undefined;
  readonly apiKey?: string | null | undefined;
  readonly contextTokens?: number | null | undefined;
  readonly title?: string | null | undefined;
  readonly price?: ModelEntry['price'] | null | undefined;
  readonly isDefault?: true | undefined;
}

export interface ModelView extends Omit<ModelEntry, 'apiKey'> {
  readonly isDefault: boolean;
  readonly hasKey: boolean;
  readonly keyFrom?: 'file' | 'environment';
  /** The last four characters. */
  readonly keyHint?: string;
  /** Why it cannot be used as it is. */
  readonly problem?: string;
}

/** What a test has found. `what` tells apart what is to be corrected. */
export interface ModelTest {
  readonly ok: boolean;
  readonly what: 'works' | 'key' | 'address' | 'model' | 'rate_limit' | 'other';
  readonly words: string;
  readonly ms: number;
}

/** A server that many run: what is filled in for it. */
export interface ModelPreset {
  readonly name: string;
  readonly title: string;
  readonly provider: ProviderName;
  readonly baseUrl?: string;
  readonly needsKey: boolean;
  /** The variable of the environment that its key is taken from. */
  readonly keyVariable?: string;
}

/** The models that are set up. Changes are on disk when a promise settles. */
export interface ModelDirectory {
  list(): readonly ModelView[];
  readonly presets: readonly ModelPreset[];
  /** What is wrong with `models.json` as a whole. */
  configError(): string | undefined;
  /** The first one is the default. @throws {AppError} `model_exists`, `invalid_request`, `config_invalid` */
  add(entry: ModelEntry): Promise<ModelView>;
  /**
   * A key that is kept does not go along to another address: it has to be given again.
   * @throws {AppError} `model_not_found`, as `add`
   */
  change(id: string, change: ModelChange): Promise<ModelView>;
  /** @throws {AppError} `model_not_found` */
  remove(id: string): Promise<void>;
  /** Says a word to a model that is set up, with the changes if there are any. @throws {AppError} `model_not_found` */
  test(id: string, change: ModelChange, signal: AbortSignal): Promise<ModelTest>;
  /** The same with one that is not saved. */
  testDraft(entry: ModelEntry, signal: AbortSignal): Promise<ModelTest>;
}
