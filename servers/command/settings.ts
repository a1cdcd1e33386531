import path from 'node:path';
import type { Settings as OptionValues } from '../runtime/options.ts';
import type { OPTIONS } from './options.ts';
import type { EnvironmentRules } from './rules/environment.ts';
import { hasLists, type ProgramLists } from './rules/program-lists.ts';

/** The options of the command line, read. */
export interface CommandSettings {
  readonly folders: readonly string[];
  readonly programs: ProgramLists;
  readonly environment: EnvironmentRules;
  /** What is done when a command waits for input. */
  readonly input: 'ask' | 'refuse';
  readonly shell: string;
  readonly graceMs: number;
  readonly maxConcurrent: number;
  readonly maxWaiting: number;
}

/** Shells whose command lines are read as the lists of programs read them. */
const READABLE_SHELLS = ['sh', 'bash', 'dash', 'ksh'];

/** @throws {Error} naming the option and what was expected */
export function settingsOf(values: OptionValues<typeof OPTIONS>): CommandSettings {
  const programs = { allow: listed(values.allow), deny: listed(values.deny) };
  const { input, shell } = values;
  if (input !== 'ask' && input !== 'refuse')
    throw new Error(`--input: expected ask or refuse, not "${input}"`);
  if (hasLists(programs) && !READABLE_SHELLS.includes(path.basename(shell)))
    throw new Error(`--shell: with --allow or --deny expected ${READABLE_SHELLS.join(', ')}, not "${shell}"`);
  return {
    folders: values.folder,
    programs,
    environment: { keep: listed(values['keep-env']), allow: listed(values['allow-env']) },
    input,
    shell,
    graceMs: values['grace-ms'],
    maxConcurrent: values['max-concurrent'],
    maxWaiting: values['max-waiting'],
  };
}

/** `--allow tar,ls` is `--allow tar --allow ls`. */
function listed(values: readonly string[]): string[] {
  return values
    .flatMap((names) => names.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
