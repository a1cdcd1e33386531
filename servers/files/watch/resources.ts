import type { Resource, Resources } from '../../runtime/definition.ts';
import type { FolderWatch } from './folder-watch.ts';
import type { Watches } from './watches.ts';

const SCHEME = 'files-changes://';
const NEWEST = 100;
const MIME_TYPE = 'application/json';

/** `files-changes:///home/anna/a%20b`: the folder's absolute path, each name percent-encoded. */
export const uriOf = (folder: string): string => SCHEME + folder.split('/').map(encodeURIComponent).join('/');

/** Each watched folder as a resource whose text is JSON with its newest events. */
export function changeResources(watches: Watches): Resources {
  return {
    async list() {
      return watches.all.map(describe);
    },
    async read(uri) {
      const watch = watches.all.find(({ folder }) => uriOf(folder) === uri);
      return watch && { uri, mimeType: MIME_TYPE, text: JSON.stringify(contentOf(watch), null, 1) };
    },
    watch: (changed) => watches.onChanged((folder) => changed(uriOf(folder))),
    watchList: (changed) => watches.onListChanged(changed),
  };
}

const describe = ({ folder }: FolderWatch): Resource => ({
  uri: uriOf(folder),
  name: folder,
  title: `Changes in ${folder}`,
  description: `The newest ${NEWEST} events of the files in ${folder}: file.created, file.changed, file.removed.`,
  mimeType: MIME_TYPE,
});

function contentOf({ folder, state, problem, feed }: FolderWatch) {
  return {
    folder,
    state: state === 'gone' ? 'folder.gone' : state,
    ...(problem !== undefined && { problem }),
    firstSeq: feed?.firstSeq ?? 1,
    lastSeq: feed?.lastSeq ?? 0,
    events: feed?.newest(NEWEST) ?? [],
  };
}
