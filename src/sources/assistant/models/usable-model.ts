import type { LanguageModel } from 'ai';
import { AppError } from '../../../base/errors.ts';
import type { ModelEntry } from '../../model-directory.ts';
import { KEY_VARIABLES } from './presets.ts';
import { languageModel, type ModelSockets } from './provider.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface UsableModel {
  readonly entry: ModelEntry;
  readonly model: LanguageModel;
  /** Who is asked, for words. */
  readonly where: string;
  /** The key; to be taken out of what is shown. */
  readonly secret?: string;
}

export interface FoundKey {
  readonly key?: string;
  readonly from?: 'file' | 'environment';
  readonly problem?: string;
}

const VARIABLE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

/** The key of an entry: its own, or its provider's in the environment, which goes to no other address than its own. */
export function keyOf({ apiKey, provider, baseUrl }: ModelEntry, env: Environment): FoundKey {
  const named = apiKey === undefined ? undefined : VARIABLE.exec(apiKey)?.[1];
  if (apiKey !== undefined && named === undefined) return { key: apiKey, from: 'file' };
  const variable = named ?? (baseUrl === undefined ? KEY_VARIABLES[provider] : undefined);
  if (variable === undefined) return {};
  const key = Object.hasOwn(env, variable) ? env[variable] : undefined;
  if (key !== undefined && key !== '') return { key, from: 'environment' };
  return { problem: `No key: set one, or the environment variable ${variable}.` };
}

/** @throws {AppError} `invalid_request` where its key is not to be had */
export async function usableModel(
  entry: ModelEntry,
  env: Environment,
  sockets: ModelSockets,
): Promise<UsableModel> {
  const { key, problem } = keyOf(entry, env);
  if (problem !== undefined)
    throw new AppError('invalid_request', problem, { fields: [{ field: 'apiKey', expected: 'a key' }] });
  return {
    entry,
    model: await languageModel(entry, key, sockets),
    where: entry.baseUrl ?? PROVIDER_NAMES[entry.provider],
    ...(key !== undefined && { secret: key }),
  };
}

const PROVIDER_NAMES = {
  anthropic: 'Anthropic',
  openai: 'OpenAI',
  google: 'Google',
  'openai-compatible': 'The server',
};
