import path from 'node:path';
import { resolveInside } from '../../runtime/folders.ts';
import { Refusal } from '../../runtime/tool.ts';
import { OpenFolder, PlaceChanged } from './open-folder.ts';

/** A path in a configured folder, all links on the way followed. */
export interface Place {
  /** Real and absolute. */
  readonly path: string;
  /** The real path of the configured folder that it lies in, or is. */
  readonly root: string;
}

/**
 * Where a path of the caller really is.
 * @param last what becomes of a link at the end of the path: `follow` it, or mean the link itself (`keep`)
 * @throws {Refusal} naming `field`, when it is not in a configured folder
 */
export function placeOf(
  field: string,
  wanted: string,
  folders: readonly string[],
  last: 'follow' | 'keep' = 'follow',
): Place {
  const whole = path.resolve(folders[0] ?? '/', wanted);
  if (last === 'follow' || isFolderOf(whole, folders)) return insideOrRefused(field, whole, folders);
  const parent = insideOrRefused(field, path.dirname(whole), folders);
  return { path: path.join(parent.path, path.basename(whole)), root: parent.root };
}

const isFolderOf = (whole: string, folders: readonly string[]): boolean =>
  folders.some((folder) => path.resolve(folder) === whole);

function insideOrRefused(field: string, whole: string, folders: readonly string[]): Place {
  const verdict = resolveInside(whole, folders);
  if ('refused' in verdict) throw new Refusal(`${field}: ${verdict.refused}`);
  return verdict;
}

/**
 * Opens the folder that a place lies in, step by step from its configured folder.
 * @throws {PlaceChanged} when a link has come into the way since
 */
export function openParent({ path: whole, root }: Place): {
  readonly folder: OpenFolder;
  readonly name: string;
} {
  const names = namesBelow(root, whole);
  const name = names.pop();
  if (name === undefined) throw new PlaceChanged(whole);
  return { folder: openNames(root, names), name };
}

/** Opens the folder at a place. */
export const openFolder = ({ path: whole, root }: Place): OpenFolder =>
  openNames(root, namesBelow(root, whole));

function openNames(root: string, names: readonly string[]): OpenFolder {
  const top = OpenFolder.root(root);
  if (names.length === 0) return top;
  using _top = top;
  return top.walk(names);
}

/** The names that lead from `root` to `whole`; none when they are the same. */
export const namesBelow = (root: string, whole: string): string[] =>
  path
    .relative(root, whole)
    .split(path.sep)
    .filter((name) => name !== '');
