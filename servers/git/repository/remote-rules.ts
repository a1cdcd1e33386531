import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { resolveInside } from '../../runtime/folders.ts';
import { maskUrls } from '../secrets/mask.ts';

export interface RemoteRules {
  readonly folders: readonly string[];
  /** The prefixes of `--remote`; none: any remote, but of this machine only what lies in the folders. */
  readonly remotes: readonly string[];
}

/** Where a URL leads. */
export type RemoteVerdict = { readonly url: string; readonly local?: string } | { readonly refused: string };

const SCHEMES = ['http', 'https', 'ssh', 'git', 'file'];

/**
 * Judges the URL of a remote, and makes that of a folder absolute.
 * @param base what a relative path starts from
 */
export function judgeRemote(url: string, rules: RemoteRules, base: string): RemoteVerdict {
  const shown = maskUrls(url);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\x00-\x1f\x7f]/.test(url)) return { refused: 'must not hold control characters' };
  if (url.startsWith('-')) return { refused: `${shown} begins like an option` };
  if (/^[\w+.-]+::/.test(url))
    return { refused: `${shown} names a transport helper; use ${SCHEMES.join(', ')} or a path` };
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme !== undefined && !SCHEMES.includes(scheme))
    return { refused: `${shown}: ${scheme} is not one of ${SCHEMES.join(', ')}` };
  const local = localPath(url, scheme, base);
  if (local === null) return { refused: `${shown} is no file URL of this machine` };
  const isListed = rules.remotes.some((prefix) => beginsWith(local ?? url, prefix));
  if (rules.remotes.length > 0 && !isListed)
    return { refused: `${shown} is not on the list of remotes (${rules.remotes.map(maskUrls).join(', ')})` };
  if (local === undefined) return { url };
  const verdict = resolveInside(local, rules.folders);
  if ('refused' in verdict && !isListed) return { refused: verdict.refused };
  return { url: scheme === undefined ? local : url, local };
}

/** `undefined`: on another machine; `null`: it makes no sense. */
function localPath(url: string, scheme: string | undefined, base: string): string | undefined | null {
  if (scheme === 'file') {
    try {
      return fileURLToPath(url);
    } catch {
      return null;
    }
  }
  // `host:path` is ssh, as for git itself: a colon before any slash.
  if (scheme !== undefined || /^[^/]+:/.test(url)) return undefined;
  return path.resolve(base, url);
}

/** Whether a URL is what a prefix names or lies below it: `…/team` does not allow `…/team-of-others`. */
function beginsWith(url: string, prefix: string): boolean {
  const [whole, start] = [normal(url), normal(prefix)];
  if (/(^|[/:\\])\.\.([/\\]|$)|%2e|%2f|%5c/i.test(whole) || !whole.startsWith(start)) return false;
  return whole.length === start.length || /[/:]$/.test(start) || whole[start.length] === '/';
}

/** Without user and password, the host in small letters; of `file:` the path alone. */
function normal(url: string): string {
  const [, scheme, host, rest] = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/@]*@)?([^/]*)(.*)$/i.exec(url) ?? [];
  if (scheme === undefined) return url;
  if (scheme.toLowerCase() === 'file') return rest ?? '';
  return `${scheme}://${host}`.toLowerCase() + rest;
}
