import { AppError } from '../../../base/errors.ts';
import type { Model, ModelList, ModelTest } from '../../api/contract/types.ts';
import { ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { EXIT } from '../exit-status.ts';
import type { Shell } from '../terminal/shell.ts';

export interface ModelOptions {
  readonly preset?: string;
  readonly provider?: string;
  readonly model?: string;
  readonly url?: string;
  readonly key?: string;
  readonly keyEnv?: string;
  readonly context?: number;
  readonly title?: string;
}

const pathOf = (id: string): string => `/api/models/${encodeURIComponent(id)}`;

/** Sets up a model; a preset fills in what is usual. */
export async function addModel(shell: Shell, id: string, options: ModelOptions): Promise<number> {
  const host = await findHost(shell.env);
  const fields = fieldsOf(options);
  const body = { ...(options.preset && (await presetOf(shell, options.preset))), ...fields, id };
  return told(shell, (await ask<Model>(host, '/api/models', { method: 'POST', body })).body, 'is set up');
}

export async function setModel(shell: Shell, id: string, options: ModelOptions): Promise<number> {
  const body = fieldsOf(options);
  return told(shell, await patch(shell, id, body), 'is changed');
}

export async function defaultModel(shell: Shell, id: string): Promise<number> {
  return told(shell, await patch(shell, id, { isDefault: true }), 'is the default');
}

export async function removeModel(shell: Shell, id: string): Promise<number> {
  await ask(await findHost(shell.env), pathOf(id), { method: 'DELETE' });
  shell.stdout.write(`${id} is forgotten.\n`);
  return EXIT.ok;
}

/** Says a word to a model, and what came of it. */
export async function testModel(shell: Shell, id: string): Promise<number> {
  const { body } = await ask<ModelTest>(await findHost(shell.env), `${pathOf(id)}/test`, { method: 'POST' });
  shell.stdout.write(`${body.words}\n`);
  return body.ok ? EXIT.ok : EXIT.failed;
}

const patch = async (shell: Shell, id: string, body: object): Promise<Model> =>
  (await ask<Model>(await findHost(shell.env), pathOf(id), { method: 'PATCH', body })).body;

function told(shell: Shell, model: Model, words: string): number {
  shell.stdout.write(`${model.id} ${words}.${model.problem === undefined ? '' : ` ${model.problem}`}\n`);
  return EXIT.ok;
}

async function presetOf(shell: Shell, name: string) {
  const { presets } = (await ask<ModelList>(await findHost(shell.env), '/api/models')).body;
  const found = presets.find((preset) => preset.name === name);
  if (found === undefined) {
    const names = presets.map((preset) => preset.name).join(', ');
    throw new AppError('invalid_request', `There is no preset “${name}”. There are: ${names}.`);
  }
  return { provider: found.provider, ...(found.baseUrl !== undefined && { baseUrl: found.baseUrl }) };
}

const fieldsOf = ({ provider, model, url, key, keyEnv, context, title }: ModelOptions) => ({
  ...(provider && { provider }),
  ...(model && { model }),
  ...(url && { baseUrl: url }),
  ...(key && { apiKey: key }),
  ...(keyEnv && { apiKey: `\${${keyEnv}}` }),
  ...(context !== undefined && { contextTokens: context }),
  ...(title && { title }),
});
