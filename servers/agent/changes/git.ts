import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Nothing of the repository's configuration may start a program while we only look, nor may anything be asked. */
const QUIET = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.quotePath=false'];
const ENV = { LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_PAGER: 'cat' };
/** Set by a git hook under which we may have been started; they would point at another repository. */
const TAKEN_AWAY = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY', 'GIT_PREFIX'];

/**
 * What a git command prints.
 * @throws when git is not there or its exit status is not 0
 */
export async function git(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const inherited = Object.entries(process.env).filter(([name]) => !TAKEN_AWAY.includes(name));
  const options = { cwd, env: { ...Object.fromEntries(inherited), ...ENV, ...env }, maxBuffer: 256 << 20 };
  return (await run('git', [...QUIET, ...args], options)).stdout;
}

/** The same, `undefined` when it fails. */
export async function tryGit(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  try {
    return await git(cwd, args, env);
  } catch {
    return undefined;
  }
}
