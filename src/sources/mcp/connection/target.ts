import type { ServerEntry } from '../../server-entry.ts';

/** What a server's entry points at, for people: the command line or the address, with secrets taken out. */
export function describeTarget(entry: ServerEntry): string {
  if (entry.url === undefined) return maskSecrets([entry.command ?? '', ...(entry.args ?? [])].join(' '));
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

const SECRET_OPTION = /(--?[\w-]*(?:token|secret|password|passwd|api-?key|auth)[\w-]*)([= ])(\S+)/gi;

/** Takes the values of options that name a secret out of a command line. */
export const maskSecrets = (text: string): string => text.replace(SECRET_OPTION, '$1$2•••');
