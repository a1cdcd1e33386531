/** What both `Stats` and `Dirent` can say of themselves. */
interface Typed {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

export type Kind = 'file' | 'folder' | 'link' | 'other';

/** What is neither file, folder nor link is `other`: a pipe, a socket, a device. */
export function kindOf(entry: Typed): Kind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}
