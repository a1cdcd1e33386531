import type { ServerDefinition } from '../runtime/definition.ts';
import { resolveInside } from '../runtime/folders.ts';
import { defaultStateFolder, type FilesSettings } from './options.ts';
import { BusyFolders } from './sync/busy.ts';
import { CopyThreads } from './sync/copy-threads.ts';
import { changesTool } from './tools/changes.ts';
import { listTool } from './tools/list.ts';
import { moveTool } from './tools/move.ts';
import { readTool } from './tools/read.ts';
import { removeTool } from './tools/remove.ts';
import { searchTool } from './tools/search.ts';
import { syncTool } from './tools/sync.ts';
import { unwatchTool, watchedTool, watchTool } from './tools/watch.ts';
import { writeTool } from './tools/write.ts';
import { changeResources } from './watch/resources.ts';
import { Watches } from './watch/watches.ts';

/**
 * The files server, for a command line. Folders of `--watch` are watched from now on, beside everything else.
 * @throws {Error} when one of them lies in no configured folder
 */
export function filesServer(settings: FilesSettings): ServerDefinition {
  const state = settings.state ?? defaultStateFolder();
  const watches = new Watches({ state, settleMs: settings['settle-ms'] });
  const threads = new CopyThreads();
  const context = { folders: settings.folder, busy: new BusyFolders(), threads, watches };
  for (const folder of settings.watch.map((each) => watchedFolder(each, settings.folder)))
    watches.add(folder, false).then(
      (verdict) => 'refused' in verdict && console.error(`files: --watch: ${verdict.refused}`),
      (error: Error) => console.error(`files: --watch: ${folder}: ${error.message}`),
    );
  const changing = [writeTool(context), moveTool(context), removeTool(context), syncTool(context)];
  return {
    name: 'files',
    title: 'Files',
    version: '0.1.0',
    instructions: instructionsOf(settings),
    tools: [
      listTool(context),
      readTool(context),
      searchTool(context),
      ...(settings['read-only'] ? [] : changing),
      watchTool(context),
      unwatchTool(context),
      watchedTool(context),
      changesTool(context),
    ],
    resources: changeResources(watches),
    async close() {
      await Promise.all([watches.close(), threads.close()]);
    },
  };
}

function watchedFolder(wanted: string, folders: readonly string[]): string {
  const verdict = resolveInside(wanted, folders);
  if ('refused' in verdict) throw new Error(`--watch: ${verdict.refused}`);
  return verdict.path;
}

function instructionsOf({ folder, 'read-only': isReadOnly }: FilesSettings): string {
  const where =
    folder.length === 0
      ? 'No folder is configured, so every call is refused; start this server with --folder DIR.'
      : `Folders: ${folder.join(', ')}.`;
  const what = isReadOnly ? ' Nothing can be changed.' : '';
  return `Files in the configured folders; links and .. cannot lead out of them. ${where}${what}`;
}
