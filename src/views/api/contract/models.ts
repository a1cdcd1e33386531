import { z } from '@hono/zod-openapi';
import * as model from '../../../sources/model-directory.ts';

/* Models of the assistant. Keys go in and never come out. Objects are strict: an unknown field is an error. */

const PriceSchema = model.PriceSchema.clone();

export const ModelBodySchema = model.ModelEntrySchema.clone().openapi('ModelEntry');

/** What is named is replaced, and null takes it out. A key that is kept does not go along to another address. */
export const ModelPatchSchema = z.strictObject({
  provider: model.modelFields.provider.optional(),
  model: model.modelFields.model.optional(),
  baseUrl: model.modelFields.baseUrl.nullable(),
  apiKey: model.modelFields.apiKey.nullable(),
  contextTokens: model.modelFields.contextTokens.nullable(),
  title: model.modelFields.title.nullable(),
  price: PriceSchema.nullable().optional(),
  isDefault: z.literal(true).optional(),
});

export const ModelSchema = z
  .object({
    id: z.string(),
    provider: z.enum(model.PROVIDERS),
    model: z.string().describe('as the provider names it'),
    baseUrl: z.string().optional(),
    contextTokens: z.number().int().optional().describe('how much it can read at once'),
    title: z.string().optional(),
    price: PriceSchema.optional(),
    isDefault: z.boolean(),
    hasKey: z.boolean(),
    keyFrom: z.enum(['file', 'environment']).optional(),
    keyHint: z.string().optional().describe('the last four characters'),
    problem: z.string().optional().describe('why it cannot be used as it is'),
  })
  .openapi('Model');

export const ModelPresetSchema = z
  .object({
    name: z.string(),
    title: z.string(),
    provider: z.enum(model.PROVIDERS),
    baseUrl: z.string().optional(),
    needsKey: z.boolean(),
    keyVariable: z.string().optional().describe('the variable of the environment its key is taken from'),
  })
  .openapi('ModelPreset');

export const ModelListSchema = z.object({
  models: z.array(ModelSchema),
  presets: z.array(ModelPresetSchema),
  /** Set when models.json cannot be read: what is wrong. */
  configError: z.string().nullable(),
});

/** `what` tells apart what is to be corrected. */
export const ModelTestSchema = z
  .object({
    ok: z.boolean(),
    what: z.enum(['works', 'key', 'address', 'model', 'rate_limit', 'other']),
    words: z.string(),
    ms: z.number(),
  })
  .openapi('ModelTest');
