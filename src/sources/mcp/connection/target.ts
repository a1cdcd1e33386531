import type { ServerEntry } from '../../server-entry.ts';
import { maskSecrets } from '../mask-secrets.ts';

/** Variables whose values are folders and programs; those of others may be secret and stay names. */
const SHOWN_VARIABLES = /\$\{(HOME|MEANWHILE_APP|MEANWHILE_DATA|MEANWHILE_NODE)\}/g;

/** A text with the variables filled in that may be shown. */
export const fillInShown = (text: string, env: Readonly<Record<string, string | undefined>>): string =>
  text.replace(SHOWN_VARIABLES, (whole, name: string) => env[name] ?? whole);

/** What a server's entry points at, for people: the command line or the address, with secrets taken out. */
export function describeTarget(
  entry: ServerEntry,
  env: Readonly<Record<string, string | undefined>> = {},
): string {
  if (entry.url === undefined) {
    const line = [entry.command ?? '', ...(entry.args ?? [])].join(' ');
    return maskSecrets(fillInShown(line, env));
  }
  try {
    const url = new URL(entry.url);
    url.username = '';
    url.password = '';
    for (const key of url.searchParams.keys()) url.searchParams.set(key, '…');
    return url.href;
  } catch {
    return entry.url;
  }
}
