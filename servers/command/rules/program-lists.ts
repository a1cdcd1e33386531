import path from 'node:path';
import { simpleCommands } from './simple-commands.ts';

/** Which programs may be run. A list that is empty says nothing. */
export interface ProgramLists {
  /** Only these, written exactly as here. */
  readonly allow: readonly string[];
  /** Never these, also by another path; stronger than `allow`. */
  readonly deny: readonly string[];
}

/** Whether command lines are read at all. */
export const hasLists = ({ allow, deny }: ProgramLists): boolean => allow.length > 0 || deny.length > 0;

/** Words with which the shell itself runs what stands behind them. */
const RUNNING_WORDS =
  '. alias builtin case command coproc do elif else eval exec for function if select source then time trap until while';

/**
 * Why a command line may not be run, or `undefined` when it may. While there is a list, a line must be of the simple
 * kind that can be read wholly (`simple-commands.ts`); what cannot be read is refused.
 */
export function refuseByLists(line: string, lists: ProgramLists): string | undefined {
  if (!hasLists(lists)) return undefined;
  const which = lists.allow.length > 0 ? 'an allow list' : 'a deny list';
  const parsed = simpleCommands(line);
  if ('refused' in parsed) return `command: ${parsed.refused} is not possible while ${which} is active`;
  for (const words of parsed.commands) {
    const [program] = words;
    if (program === undefined) return 'command: a program is missing beside an operator';
    const refusal = refuseUnlisted(program, lists.allow) ?? refuseDenied(words, lists.deny);
    if (refusal !== undefined) return `command: ${refusal}`;
  }
  return undefined;
}

function refuseUnlisted(program: string, allow: readonly string[]): string | undefined {
  if (allow.length === 0 || allow.includes(program)) return undefined;
  return `${program} is not on the allow list (${allow.join(', ')})`;
}

/**
 * A denied name is refused wherever it stands as a word of its own, by any path: `env rm`, `xargs rm` and
 * `find -exec /bin/rm` would run it.
 */
function refuseDenied(words: readonly string[], deny: readonly string[]): string | undefined {
  if (deny.length === 0) return undefined;
  const [program = ''] = words;
  if (RUNNING_WORDS.split(' ').includes(program))
    return `${program} is not possible while a deny list is active, because it runs what stands behind it`;
  const names = deny.map((name) => path.basename(name));
  const denied = words.find((word) => names.includes(path.basename(word)));
  return denied && `${path.basename(denied)} is on the deny list (${deny.join(', ')})`;
}
