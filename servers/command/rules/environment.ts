import { fitsPattern } from './name-patterns.ts';
import { hasLists, type ProgramLists } from './program-lists.ts';

/** Rules for variables. Names, or patterns such as `LC_*`. */
export interface EnvironmentRules {
  /** Of the server's own environment, only these reach commands, and what no program can do without. Empty: all. */
  readonly keep: readonly string[];
  /** Variables that a call may set. Empty: any; while there is a list of programs, only the harmless ones. */
  readonly allow: readonly string[];
}

/** What programs expect to find: who, where, and in which language. */
export const USUAL_NAMES = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'PWD', 'LANG', 'LANGUAGE', 'LC_*', 'TZ', 'TERM', 'TMPDIR'],
  ...['XDG_*', 'SYSTEMROOT'],
];

/** Variables that change how something is shown, not what is run. */
export const HARMLESS_NAMES = ['LANG', 'LANGUAGE', 'LC_*', 'TZ', 'COLUMNS', 'LINES', 'NO_COLOR'];

/**
 * Why a call may not set these variables, or `undefined` when it may. With a list of programs it may set hardly any:
 * not only `PATH` and `LD_PRELOAD` make a listed program run another one, `TAR_OPTIONS` and `GIT_SSH_COMMAND` do too,
 * and there is no end to them.
 */
export function refuseVariables(
  names: readonly string[],
  { allow }: EnvironmentRules,
  lists: ProgramLists,
): string | undefined {
  const isLimited = allow.length > 0 || hasLists(lists);
  if (!isLimited) return undefined;
  const allowed = allow.length > 0 ? allow : HARMLESS_NAMES;
  const refused = names.find((name) => !fitsPattern(name, allowed));
  if (refused === undefined) return undefined;
  const why = allow.length > 0 ? '' : ' while a list of programs is active';
  return `env: ${refused} may not be set${why} (may be: ${allowed.join(', ')})`;
}

/** What of the server's environment is taken away for a command, in the shape that the start of a process takes. */
export function withheld(
  environment: Readonly<Record<string, string | undefined>>,
  { keep }: EnvironmentRules,
): Record<string, undefined> {
  if (keep.length === 0) return {};
  const names = Object.keys(environment).filter((name) => !fitsPattern(name, [...USUAL_NAMES, ...keep]));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
