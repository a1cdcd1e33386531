import type { Resource, Resources } from '../../runtime/definition.ts';
import type { FolderWatch } from './folder-watch.ts';
import type { Watches } from './watches.ts';

const SCHEME = 'files-changes://';
const BEFORE = '?before=';
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
      const [place, before] = uri.split(BEFORE, 2);
      const watch = watches.all.find(({ folder }) => uriOf(folder) === place);
      if (watch === undefined || (before !== undefined && !/^\d{1,15}$/.test(before))) return undefined;
      const content = contentOf(watch, before === undefined ? undefined : Number(before));
      return { uri, mimeType: MIME_TYPE, text: JSON.stringify(content, null, 1) };
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

/**
 * A journal of events: the newest, and where those before them are to be read, for as long as they are kept.
 * @param before only events before this seq
 */
function contentOf({ folder, state, problem, feed }: FolderWatch, before?: number) {
  const events = feed?.newest(NEWEST, before) ?? [];
  const first = events[0]?.seq ?? 0;
  return {
    folder,
    state: state === 'gone' ? 'folder.gone' : state,
    ...(problem !== undefined && { problem }),
    firstSeq: feed?.firstSeq ?? 1,
    lastSeq: feed?.lastSeq ?? 0,
    events,
    ...(first > (feed?.firstSeq ?? 1) && { older: `${uriOf(folder)}${BEFORE}${first}` }),
  };
}
