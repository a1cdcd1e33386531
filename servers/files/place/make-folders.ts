import { mkdirSync } from 'node:fs';
import { OpenFolder } from './open-folder.ts';
import { namesBelow, type Place } from './place.ts';

/**
 * Opens the folder at a place, making those on the way that are missing.
 * @returns it, and the paths of the folders that were made
 */
export function makeFolders(place: Place): { readonly folder: OpenFolder; readonly made: readonly string[] } {
  const made: string[] = [];
  let folder = OpenFolder.root(place.root);
  for (const name of namesBelow(place.root, place.path)) {
    using parent = folder;
    try {
      mkdirSync(parent.entry(name));
      made.push(`${parent.path}/${name}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    folder = parent.folder(name);
  }
  return { folder, made };
}
