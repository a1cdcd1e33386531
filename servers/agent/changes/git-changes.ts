import { toMessage } from '../../runtime/output/clean.ts';
import type { Changes, Commit, FileChange, RefChange } from './changes.ts';
import { git, tryGit } from './git.ts';
import type { GitSnapshot } from './git-snapshot.ts';

const MAX_COMMITS = 50;

/** What became of the branches, tags and commits of a repository. */
export async function historyChanges(
  before: GitSnapshot,
  after: GitSnapshot,
): Promise<Pick<Changes, 'commits' | 'commitCount' | 'refs' | 'notes'>> {
  const refs = refChanges(before.refs, after.refs);
  if (refs.length === 0) return { refs, commits: [], commitCount: 0, notes: [] };
  const notes = await lostCommits(before, after);
  return { refs, ...(await newCommits(before, after)), notes };
}

/** What became of its files, committed or not, between two trees in the same store. */
export async function treeChanges(
  { root, env, dirty }: GitSnapshot,
  trees: readonly [before: string, after: string],
): Promise<Pick<Changes, 'files' | 'diffStat'>> {
  const compare = (...form: string[]) => git(root, ['diff-tree', '-r', '-M', ...form, ...trees], env);
  const lines = linesByPath(await compare('-z', '--numstat'));
  const files = readNames(await compare('-z', '--name-status')).map(
    (file): FileChange => ({
      ...file,
      ...lines.get(file.path),
      modifiedBefore: dirty.has(file.from ?? file.path),
    }),
  );
  const stat = files.length === 0 ? '' : await compare('--stat=100,70', '--stat-count=50');
  return { files, diffStat: stat.trimEnd() };
}

/** Commits that can be reached now and could not before. */
async function newCommits(
  before: GitSnapshot,
  after: GitSnapshot,
): Promise<Pick<Changes, 'commits' | 'commitCount'>> {
  const commitCount = await countCommits(after, before);
  if (commitCount === 0) return { commits: [], commitCount };
  const form = [`--max-count=${MAX_COMMITS}`, '--reverse', '-z', '--format=%H %s'];
  const text = await tryGit(after.root, ['log', ...form, ...range(after, before)]);
  const records = (text ?? '').split('\0').filter((record) => record !== '');
  const commits = records.map((record): Commit => {
    const at = record.indexOf(' ');
    return { id: record.slice(0, at), subject: toMessage(record.slice(at + 1)) };
  });
  return { commits, commitCount };
}

/** An agent that resets or amends takes commits away; that is said. */
async function lostCommits(before: GitSnapshot, after: GitSnapshot): Promise<string[]> {
  const count = await countCommits(before, after);
  if (count === 0) return [];
  return [`${count} earlier ${count === 1 ? 'commit is' : 'commits are'} on no branch or tag any more.`];
}

/** How many commits are in one history and not in the other. */
async function countCommits(one: GitSnapshot, other: GitSnapshot): Promise<number> {
  if (one.refs.size === 0) return 0;
  return Number((await tryGit(one.root, ['rev-list', '--count', ...range(one, other)])) ?? '0');
}

const range = (one: GitSnapshot, other: GitSnapshot): string[] => [
  ...new Set(one.refs.values()),
  '--not',
  ...new Set(other.refs.values()),
];

export function refChanges(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): RefChange[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].flatMap((name) => {
    const [from, to] = [before.get(name), after.get(name)];
    if (from === to) return [];
    return [{ name, ...(from !== undefined && { before: from }), ...(to !== undefined && { after: to }) }];
  });
}

const KINDS: Readonly<Record<string, FileChange['change']>> = { A: 'added', D: 'deleted', R: 'renamed' };

/** Reads `--name-status -z -M`: `M\0path\0`, and `R096\0old\0new\0`. */
function readNames(text: string): Pick<FileChange, 'path' | 'change' | 'from'>[] {
  const fields = text.split('\0');
  const files = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const change = KINDS[fields[at]![0]!] ?? 'modified';
    const from = fields[at + 1]!;
    if (change === 'renamed') files.push({ path: fields[++at + 1]!, change, from });
    else files.push({ path: from, change });
  }
  return files;
}

/** Reads `--numstat -z -M`: `1\t2\tpath\0`, and `1\t2\t\0old\0new\0`. Binary files have no numbers. */
function linesByPath(text: string): Map<string, Pick<FileChange, 'added' | 'removed'>> {
  const lines = new Map<string, Pick<FileChange, 'added' | 'removed'>>();
  const fields = text.split('\0');
  for (let at = 0; at < fields.length; at++) {
    const match = /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(fields[at]!);
    if (!match) continue;
    const [, added, removed, name] = match as unknown as string[];
    if (name === '') at += 2; // a rename has both paths behind it
    const path = name === '' ? fields[at]! : name!;
    lines.set(path, added === '-' ? {} : { added: Number(added), removed: Number(removed) });
  }
  return lines;
}
