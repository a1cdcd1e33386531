import type { ServerDefinition } from '../runtime/definition.ts';
import type { Settings } from '../runtime/options.ts';
import { backupTool } from './backup/backup-tool.ts';
import type { OPTIONS } from './options.ts';
import { runTool } from './run-tool.ts';
import { settingsOf } from './settings.ts';
import { Turns } from './turns.ts';

/** What the Command server offers. */
export function commandServer(values: Settings<typeof OPTIONS>): ServerDefinition {
  const settings = settingsOf(values);
  const turns = new Turns(settings.maxConcurrent, settings.maxWaiting);
  return {
    name: 'command',
    title: 'Commands',
    version: '0.3.0',
    tools: [runTool(settings, turns), backupTool(settings, turns)],
  };
}
