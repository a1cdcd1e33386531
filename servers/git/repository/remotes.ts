import { Refusal } from '../../runtime/tool.ts';
import type { GitSession } from '../run/session.ts';
import type { Repository } from './open-repository.ts';
import { judgeRemote } from './remote-rules.ts';

/** A configured remote whose URLs keep to the rules. */
export interface Remote {
  readonly name: string;
  /** What `ls-remote` is asked of: the name, or the URL that is pushed to where that is another. */
  readonly address: string;
}

/**
 * The remote of that name; without a name the one of the branch that is checked out, else `origin`, else the only one.
 * @throws {Refusal} when there is none, or when a URL of it is not allowed
 */
export async function openRemote(
  session: GitSession,
  repository: Repository,
  wanted: string | undefined,
  direction: 'fetch' | 'push',
): Promise<Remote> {
  const cwd = repository.path;
  const names = ((await session.text(cwd, ['remote'])) ?? '').split('\n').filter((name) => name !== '');
  const name = wanted ?? (await usualRemote(session, cwd, names));
  if (name === undefined)
    throw new Refusal(
      `remote: ${names.length === 0 ? 'the repository has none' : `name one of ${names.join(', ')}`}`,
    );
  if (!names.includes(name))
    throw new Refusal(`remote: there is no "${name}" (there is ${names.join(', ') || 'none'})`);
  const urls = await urlsOf(session, cwd, name, []);
  const pushUrls = direction === 'push' ? await urlsOf(session, cwd, name, ['--push']) : urls;
  for (const url of new Set([...urls, ...pushUrls])) {
    session.mask.learn(url);
    const verdict = judgeRemote(url, session.context, cwd);
    if ('refused' in verdict) throw new Refusal(`remote: ${name}: ${verdict.refused}`);
  }
  const [first] = pushUrls;
  return { name, address: first !== undefined && first !== urls[0] ? first : name };
}

async function usualRemote(
  session: GitSession,
  cwd: string,
  names: readonly string[],
): Promise<string | undefined> {
  const branch = await session.text(cwd, ['symbolic-ref', '-q', '--short', 'HEAD']);
  const own = branch && (await session.text(cwd, ['config', '--get', `branch.${branch}.remote`]));
  if (own && names.includes(own)) return own;
  return names.includes('origin') ? 'origin' : names.length === 1 ? names[0] : undefined;
}

async function urlsOf(session: GitSession, cwd: string, name: string, which: string[]): Promise<string[]> {
  const text = await session.text(cwd, ['remote', 'get-url', '--all', ...which, '--', name]);
  return (text ?? '').split('\n').filter((url) => url !== '');
}
