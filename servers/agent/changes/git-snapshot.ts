import { copyFile, lstat } from 'node:fs/promises';
import path from 'node:path';
import { git, tryGit } from './git.ts';
import { pathsOfStatus } from './status.ts';

/** A repository at one moment. */
export interface GitSnapshot {
  readonly root: string;
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
  const root = (await tryGit(folder, ['rev-parse', '--show-toplevel']))?.replace(/\n$/, '');
  if (root === undefined || root === '') return undefined;
  const status = await tryGit(root, ['status', '--porcelain=v2', '-z', '--untracked-files=all']);
  if (status === undefined) return undefined;
  const dirty = new Set(pathsOfStatus(status));
  const tree = (await isReasonable(root, dirty)) ? await writeTree(root, store) : undefined;
  return { root, refs: await readRefs(root), dirty, ...(tree !== undefined && { tree }) };
}

/** The environment in which git finds the trees in `store`. */
export async function storeEnv(root: string, store: string): Promise<Record<string, string>> {
  const objects = await git(root, ['rev-parse', '--git-path', 'objects']);
  return {
    GIT_OBJECT_DIRECTORY: store,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: path.resolve(root, objects.replace(/\n$/, '')),
  };
}

async function writeTree(root: string, store: string): Promise<string | undefined> {
  const index = path.join(store, 'index');
  const real = (await git(root, ['rev-parse', '--git-path', 'index'])).replace(/\n$/, '');
  await copyFile(path.resolve(root, real), index).catch(() => {}); // a new repository has none
  const env = { ...(await storeEnv(root, store)), GIT_INDEX_FILE: index };
  if ((await tryGit(root, ['add', '--all', '--', ':/'], env)) === undefined) return undefined;
  return (await tryGit(root, ['write-tree'], env))?.trim();
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
