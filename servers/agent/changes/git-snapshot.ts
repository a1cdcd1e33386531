import { copyFile, lstat } from 'node:fs/promises';
import path from 'node:path';
import { tryGit } from './git.ts';
import { pathsOfStatus } from './status.ts';

/** A repository at one moment. */
export interface GitSnapshot {
  readonly root: string;
  /** The environment in which git finds `tree`. */
  readonly env: Readonly<Record<string, string>>;
  /** Names of branches, tags and HEAD with what they point at. */
  readonly refs: ReadonlyMap<string, string>;
  /**
   * The whole working tree, also what is not committed or not tracked, as a tree object in `store`. Absent when there
   * is more uncommitted data than is reasonable to read, or git cannot add all of it.
   */
  readonly tree?: string;
  /** Paths with work that is not committed. */
  readonly dirty: ReadonlySet<string>;
}

const MAX_FILES = 20_000;
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Looks at the repository that `folder` lies in. Its working tree is written as a tree into `store`, a folder of ours,
 * with a copy of the index, so that nothing in the repository itself is touched. `undefined` when it is no repository.
 */
export async function gitSnapshot(folder: string, store: string): Promise<GitSnapshot | undefined> {
  const paths = ['--show-toplevel', '--git-path', 'index', '--git-path', 'objects'];
  const lines = (await tryGit(folder, ['rev-parse', ...paths]))?.trimEnd().split('\n') ?? [];
  const [root, index, objects] = lines.map((line) => path.resolve(folder, line));
  if (root === undefined || index === undefined || objects === undefined) return undefined;
  const look = ['status', '--porcelain=v2', '-z', '--untracked-files=all'];
  const [status, refs] = await Promise.all([tryGit(root, look), readRefs(root)]);
  if (status === undefined) return undefined;
  const dirty = new Set(pathsOfStatus(status));
  const env = { GIT_OBJECT_DIRECTORY: store, GIT_ALTERNATE_OBJECT_DIRECTORIES: objects };
  const tree = (await isReasonable(root, dirty)) ? await writeTree(root, index, env) : undefined;
  return { root, env, refs, dirty, ...(tree !== undefined && { tree }) };
}

async function writeTree(
  root: string,
  index: string,
  env: GitSnapshot['env'] & { readonly GIT_OBJECT_DIRECTORY: string },
): Promise<string | undefined> {
  const copy = path.join(env.GIT_OBJECT_DIRECTORY, 'index');
  await copyFile(index, copy).catch(() => {}); // a new repository has none
  const withCopy = { ...env, GIT_INDEX_FILE: copy };
  if ((await tryGit(root, ['add', '--all', '--', ':/'], withCopy)) === undefined) return undefined;
  return (await tryGit(root, ['write-tree'], withCopy))?.trim();
}

async function isReasonable(root: string, dirty: ReadonlySet<string>): Promise<boolean> {
  if (dirty.size > MAX_FILES) return false;
  let bytes = 0;
  for (const file of dirty) {
    const info = await lstat(path.join(root, file)).catch(() => undefined);
    if (info?.isFile()) bytes += info.size;
  }
  return bytes <= MAX_BYTES;
}

async function readRefs(root: string): Promise<Map<string, string>> {
  const format = '--format=%(objectname) %(refname:short)';
  const text = (await tryGit(root, ['for-each-ref', format, 'refs/heads', 'refs/tags'])) ?? '';
  const lines = text.split('\n').filter((line) => line !== '');
  const refs = new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 1), line.split(' ')[0]!]));
  const head = (await tryGit(root, ['rev-parse', '--quiet', '--verify', 'HEAD']))?.trim();
  return head ? new Map([['HEAD', head], ...refs]) : refs;
}
