import { resolveFolder } from '../runtime/folders.ts';
import { defineTool, Refusal } from '../runtime/tool.ts';
import { RESULT_SCHEMA } from './result.ts';
import { refuseVariables } from './rules/environment.ts';
import { hasLists, refuseByLists } from './rules/program-lists.ts';
import { runCommand } from './run-command.ts';
import { RUN_INPUT, type RunInput } from './run-input.ts';
import type { CommandSettings } from './settings.ts';
import type { Turns } from './turns.ts';

/** The tool `run`: checks, waits for its turn, runs, and answers when nothing of the command is left. */
export function runTool(settings: CommandSettings, turns: Turns) {
  return defineTool({
    name: 'run',
    title: 'Run a command',
    description: describe(settings),
    input: RUN_INPUT,
    output: RESULT_SCHEMA,
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
    isLong: true,
    async run(input, work) {
      const cwd = folderOf(input, settings);
      return turns.inTurn(work, () => runCommand(input, cwd, settings, work));
    },
  });
}

function folderOf(input: RunInput, { folders, programs, environment }: CommandSettings): string {
  const resolved = resolveFolder(input.cwd, folders);
  if ('refused' in resolved) throw new Refusal(resolved.refused);
  const refusal =
    refuseByLists(input.command, programs) ??
    refuseVariables(Object.keys(input.env ?? {}), environment, programs);
  if (refusal !== undefined) throw new Refusal(refusal);
  return resolved.path;
}

function describe({ folders, programs: { allow, deny } }: CommandSettings): string {
  const where =
    folders.length === 0 ? 'No folder is configured, so every call is refused.' : folders.join(', ');
  const which = [
    allow.length > 0 ? ` Allowed programs: ${allow.join(', ')}.` : '',
    deny.length > 0 ? ` Denied programs: ${deny.join(', ')}.` : '',
    hasLists({ allow, deny }) ? ' No variables, redirections or substitutions.' : '',
  ];
  return (
    'Runs a shell command and answers with its exit status, output and use of the machine when it is over. It may ' +
    'take long: progress is reported, it can be cancelled, and nothing of it is left afterwards, background ' +
    `processes included. Folders: ${where}${which.join('')}`
  );
}
