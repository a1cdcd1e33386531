import { AppError } from '../../../base/errors.ts';
import type { OAuthSettings, ServerEntry } from '../../server-entry.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Replaces `${VAR}` and `${VAR:-default}` in a text.
 * @throws {AppError} `config_invalid`, naming the field and the variable that is not set
 */
export function expandText(value: string, field: string, env: Environment): string {
  return value.replace(
    /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g,
    (_whole, name: string, fallback?: string) => {
      const found = (Object.hasOwn(env, name) ? env[name] : undefined) ?? fallback;
      if (found === undefined)
        throw new AppError(
          'config_invalid',
          `${field} names the environment variable ${name}, which is not set.`,
          {
            fields: [{ field, expected: `the environment variable ${name} to be set` }],
          },
        );
      return found;
    },
  );
}

/**
 * Replaces variables in every text of an entry, but for its settings, which are read with their manifest.
 * @throws {AppError} `config_invalid`, as `expandText`
 */
export function expandEntry(entry: ServerEntry, env: Environment): ServerEntry {
  const text = (value: string, field: string) => expandText(value, field, env);
  const record = (values: Record<string, string>, field: string) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, text(value, `${field}.${key}`)]));
  const { oauth, roots } = entry.meanwhile ?? {};
  return {
    ...entry,
    ...(entry.meanwhile && {
      meanwhile: {
        ...entry.meanwhile,
        ...(oauth && { oauth: record(oauth, 'meanwhile.oauth') as OAuthSettings }),
        ...(roots && { roots: roots.map((root, i) => text(root, `meanwhile.roots[${i}]`)) }),
      },
    }),
    ...(entry.command === undefined ? {} : { command: text(entry.command, 'command') }),
    ...(entry.args === undefined ? {} : { args: entry.args.map((arg, i) => text(arg, `args[${i}]`)) }),
    ...(entry.cwd === undefined ? {} : { cwd: text(entry.cwd, 'cwd') }),
    ...(entry.url === undefined ? {} : { url: text(entry.url, 'url') }),
    ...(entry.env === undefined ? {} : { env: record(entry.env, 'env') }),
    ...(entry.headers === undefined ? {} : { headers: record(entry.headers, 'headers') }),
  };
}
