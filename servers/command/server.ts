import type { ServerDefinition } from '../runtime/definition.ts';
import type { Settings } from '../runtime/options.ts';
import type { OPTIONS } from './options.ts';
import { runTool } from './run-tool.ts';

/** What the Command server offers. */
export function commandServer(given: Settings<typeof OPTIONS>): ServerDefinition {
  // `--allow tar,ls` is `--allow tar --allow ls`.
  const allow = given.allow.flatMap((names) => names.split(',')).map((name) => name.trim());
  const settings = { ...given, allow: allow.filter((name) => name !== '') };
  return { name: 'command', title: 'Commands', version: '0.2.0', tools: [runTool(settings)] };
}
