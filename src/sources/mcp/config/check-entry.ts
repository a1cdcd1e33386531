import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { AppError } from '../../../base/errors.ts';
import type { ServerEntry } from '../../server-entry.ts';

/**
 * What can be wrong with an entry once its variables are known, found before anything is started with it.
 * Values are never repeated: they may be secrets.
 * @param entry expanded: no `${VAR}` left
 * @throws {AppError} `config_invalid`, naming the field and what was expected
 */
export function checkEntry(entry: ServerEntry): void {
  const { url, headers = {}, command, args = [], env = {}, cwd } = entry;
  if (url !== undefined) {
    const protocol = URL.parse(url)?.protocol;
    if (protocol !== 'http:' && protocol !== 'https:') throw wrong('url', 'an http or https address');
  }
  for (const [name, value] of Object.entries(headers))
    if (!isHeader(name, value))
      throw wrong(`headers.${name}`, 'a header that may be sent (one line of ASCII)');
  const texts = { command, cwd, ...fields('args', args), ...fields('env', env) };
  for (const [field, text] of Object.entries(texts))
    if (text?.includes('\0')) throw wrong(field, 'a text without NUL');
  for (const [at, root] of (entry.meanwhile?.roots ?? []).entries())
    if (!isAbsolute(root)) throw wrong(`meanwhile.roots[${at}]`, 'an absolute path');
  if (cwd !== undefined && !isFolder(cwd)) throw wrong('cwd', `a folder that exists; “${cwd}” does not`);
}

const wrong = (field: string, expected: string): AppError =>
  new AppError('config_invalid', `${field}: expected ${expected}.`, { fields: [{ field, expected }] });

const fields = (name: string, values: object): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${name}.${key}`, value]));

function isHeader(name: string, value: string): boolean {
  try {
    new Headers([[name, value]]);
    return true;
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
