import { Refusal } from '../../runtime/tool.ts';
import type { GitSession } from '../run/session.ts';
import type { Repository } from './open-repository.ts';
import { judgeRemote } from './remote-rules.ts';
import { readUpstream } from './upstream.ts';

/** A configured remote whose URLs keep to the rules. */
export interface Remote {
  readonly name: string;
  /** What `ls-remote` is asked of: the name, or the URL that is pushed to where that is another. */
  readonly address: string;
}

interface Urls {
  readonly fetch: string[];
  readonly push: string[];
}

/**
 * The remote of that name; without a name the one of the branch that is checked out, else `origin`, else the only one.
 * @throws {Refusal} when there is none, or when a URL of it is not allowed
 */
export async function openRemote(
  session: GitSession,
  repository: Repository,
  wanted: string | undefined,
  direction: keyof Urls,
): Promise<Remote> {
  const cwd = repository.path;
  const remotes = readRemotes((await session.text(cwd, ['remote', '-v'])) ?? '');
  const names = [...remotes.keys()];
  const name = wanted ?? (await usualRemote(session, cwd, names));
  if (name === undefined)
    throw new Refusal(
      `remote: ${names.length === 0 ? 'the repository has none' : `name one of ${names.join(', ')}`}`,
    );
  const urls = remotes.get(name);
  if (urls === undefined)
    throw new Refusal(`remote: there is no "${name}" (there is ${names.join(', ') || 'none'})`);
  for (const url of new Set([...urls.fetch, ...urls[direction]])) {
    session.mask.learn(url);
    const verdict = judgeRemote(url, session.context, cwd);
    if ('refused' in verdict) throw new Refusal(`remote: ${name}: ${verdict.refused}`);
  }
  const [first] = urls[direction];
  return { name, address: first !== undefined && first !== urls.fetch[0] ? first : name };
}

async function usualRemote(
  session: GitSession,
  cwd: string,
  names: readonly string[],
): Promise<string | undefined> {
  const own = (await readUpstream(session, cwd))?.remote;
  if (own !== undefined && names.includes(own)) return own;
  return names.includes('origin') ? 'origin' : names.length === 1 ? names[0] : undefined;
}

/** `git remote -v`: the URLs as they are used, `insteadOf` applied. */
function readRemotes(text: string): Map<string, Urls> {
  const remotes = new Map<string, Urls>();
  for (const line of text.split('\n')) {
    const [, name, url, direction] = /^([^\t]+)\t(.*) \((fetch|push)\)(?: \[.*\])?$/.exec(line) ?? [];
    if (name === undefined || url === undefined) continue;
    const urls = remotes.get(name) ?? { fetch: [], push: [] };
    urls[direction as keyof Urls].push(url);
    remotes.set(name, urls);
  }
  return remotes;
}
