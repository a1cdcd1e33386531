import type { Clock } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import { fieldErrors, inOneSentence } from '../../../base/field-errors.ts';
import {
  type ModelChange,
  type ModelDirectory,
  type ModelEntry,
  ModelEntrySchema,
  type ModelView,
} from '../../model-directory.ts';
import { type ModelsContent, type ModelsFile, modelIn } from './models-file.ts';
import { PRESETS } from './presets.ts';
import type { ModelSockets } from './provider.ts';
import { testModel } from './test-model.ts';
import { type Environment, keyOf, type UsableModel, usableModel } from './usable-model.ts';

const HINT_CHARS = 4;

export interface Models extends ModelDirectory {
  /** The model for a chat that names this one, or none: its own, else the default; undefined while there is none. */
  pick(id: string | undefined): ModelEntry | undefined;
  use(entry: ModelEntry): Promise<UsableModel>;
  limits(): ModelsContent['limits'];
  titles(): boolean;
}

/** The models of `models.json`, with keys from there or the environment. */
export function createModels(parts: {
  file: ModelsFile;
  env: Environment;
  sockets: ModelSockets;
  clock: Clock;
}): Models {
  const { file, env, sockets, clock } = parts;

  const defaultId = ({ default: named, models }: ModelsContent): string | undefined =>
    models.find(({ id }) => id === named)?.id ?? models[0]?.id;

  function viewOf({ apiKey: _key, ...entry }: ModelEntry, content: ModelsContent): ModelView {
    const found = keyOf({ ...entry, ...(_key !== undefined && { apiKey: _key }) }, env);
    return {
      ...entry,
      isDefault: defaultId(content) === entry.id,
      hasKey: found.key !== undefined,
      ...(found.from && { keyFrom: found.from }),
      // Of a short key the last characters would be too much of it.
      ...(found.key !== undefined &&
        found.key.length >= 4 * HINT_CHARS && { keyHint: found.key.slice(-HINT_CHARS) }),
      ...(found.problem !== undefined && { problem: found.problem }),
    };
  }

  function view(id: string): ModelView {
    const content = file.read();
    return viewOf(modelIn(content, id), content);
  }

  return {
    presets: PRESETS,
    list() {
      const content = file.read();
      return content.models.map((entry) => viewOf(entry, content));
    },
    configError: () => file.read().problem,
    limits: () => file.read().limits,
    titles: () => file.read().titles,
    async add(given) {
      const entry = checked(given);
      await file.change((before) => {
        if (before.models.some(({ id }) => id === entry.id))
          throw new AppError('model_exists', `There is a model “${entry.id}” already.`);
        return { ...before, default: defaultId(before) ?? entry.id, models: [...before.models, entry] };
      });
      return view(entry.id);
    },
    async change(id, change) {
      await file.change((before) => {
        const entry = changed(modelIn(before, id), change);
        return {
          ...before,
          ...(change.isDefault === true && { default: id }),
          models: before.models.map((each) => (each.id === id ? entry : each)),
        };
      });
      return view(id);
    },
    async remove(id) {
      await file.change((before) => {
        modelIn(before, id);
        const { default: named, ...rest } = before;
        const models = before.models.filter((each) => each.id !== id);
        return { ...rest, models, ...(named !== undefined && named !== id && { default: named }) };
      });
    },
    async test(id, change, signal) {
      const entry = changed(modelIn(file.read(), id), change);
      return testModel(() => usableModel(entry, env, sockets), clock, signal);
    },
    async testDraft(entry, signal) {
      return testModel(() => usableModel(checked(entry), env, sockets), clock, signal);
    },
    pick(id) {
      const content = file.read();
      const { models } = content;
      return models.find((each) => each.id === id) ?? models.find((each) => each.id === defaultId(content));
    },
    use: (entry) => usableModel(entry, env, sockets),
  };
}

/** A key that is kept stays with the address that it was given for. */
function changed(before: ModelEntry, { isDefault: _default, ...change }: ModelChange): ModelEntry {
  const after: Record<string, unknown> = { ...before };
  for (const [field, value] of Object.entries(change))
    if (value === null) delete after[field];
    else if (value !== undefined) after[field] = value;
  const moves = after.baseUrl !== before.baseUrl || after.provider !== before.provider;
  if (moves && change.apiKey === undefined) delete after.apiKey;
  return checked(after);
}

function checked(entry: unknown): ModelEntry {
  const read = ModelEntrySchema.safeParse(entry);
  if (read.success) return read.data;
  const fields = fieldErrors(read.error);
  throw new AppError('invalid_request', inOneSentence(fields), { fields });
}
