import type { ServerDefinition } from '../runtime/definition.ts';
import type { FilesSettings } from './options.ts';
import { BusyFolders } from './sync/busy.ts';
import { listTool } from './tools/list.ts';
import { moveTool } from './tools/move.ts';
import { readTool } from './tools/read.ts';
import { removeTool } from './tools/remove.ts';
import { searchTool } from './tools/search.ts';
import { syncTool } from './tools/sync.ts';
import { writeTool } from './tools/write.ts';

/** The files server, for a command line. */
export function filesServer(settings: FilesSettings): ServerDefinition {
  const context = { folders: settings.folder, busy: new BusyFolders() };
  const isReadOnly = settings['read-only'];
  const reading = [listTool(context), readTool(context), searchTool(context)];
  const changing = [writeTool(context), moveTool(context), removeTool(context), syncTool(context)];
  return {
    name: 'files',
    title: 'Files',
    version: '0.1.0',
    instructions: instructionsOf(settings),
    tools: isReadOnly ? reading : [...reading, ...changing],
  };
}

function instructionsOf({ folder, 'read-only': isReadOnly }: FilesSettings): string {
  const where =
    folder.length === 0
      ? 'No folder is configured, so every call is refused; start this server with --folder DIR.'
      : `Folders: ${folder.join(', ')}.`;
  const what = isReadOnly ? ' Nothing can be changed.' : '';
  return `Files in the configured folders; links and .. cannot lead out of them. ${where}${what}`;
}
