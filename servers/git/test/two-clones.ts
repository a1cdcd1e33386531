import path from 'node:path';
import type { Sandbox } from './sandbox.ts';

/** A bare remote with two clones of it, `mine` and `theirs`. */
export function twoClones(box: Sandbox) {
  const bare = box.bare('remote.git', box.repository('source', { 'a.txt': 'one\n', 'b.txt': 'one\n' }));
  for (const name of ['mine', 'theirs']) box.git(box.folder, 'clone', '-q', `file://${bare}`, name);
  const [mine, theirs] = [path.join(box.folder, 'mine'), path.join(box.folder, 'theirs')];
  const commit = (place: string, file: string, text: string): string => {
    box.write(path.join(place, file), text);
    box.git(place, 'add', '-A');
    box.git(place, 'commit', '-q', '-m', `change ${file}`);
    return box.git(place, 'rev-parse', 'HEAD');
  };
  return { bare, mine, theirs, commit };
}
