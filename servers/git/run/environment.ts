/**
 * What git is started with. It never waits for a terminal, pages nothing, speaks English, uses only transports that
 * start no program of a URL's choosing, and does not take a repository from the server's own environment.
 */
export const GIT_ENVIRONMENT: Readonly<Record<string, string | undefined>> = {
  GIT_TERMINAL_PROMPT: '0',
  // Whoever is asked without having been given an answer fails at once; a program of the user's own is left alone.
  GIT_ASKPASS: process.env.GIT_ASKPASS ?? 'false',
  SSH_ASKPASS: process.env.SSH_ASKPASS ?? 'false',
  SSH_ASKPASS_REQUIRE: 'force',
  GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
  GIT_PAGER: 'cat',
  GIT_EDITOR: failing('git wants an editor, and there is none: give the text as an argument'),
  GIT_SEQUENCE_EDITOR: failing('git wants an editor, and there is none'),
  GIT_MERGE_AUTOEDIT: 'no',
  LC_ALL: 'C',
  LANGUAGE: undefined,
  // These would lead git to another repository than the one that was asked for and looked at.
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_COMMON_DIR: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_OBJECT_DIRECTORY: undefined,
  GIT_ALTERNATE_OBJECT_DIRECTORIES: undefined,
  GIT_NAMESPACE: undefined,
  GIT_PREFIX: undefined,
  GIT_SHALLOW_FILE: undefined,
  GIT_EXTERNAL_DIFF: undefined,
  GIT_DIFF_OPTS: undefined,
  // Traces can hold credentials and would mix with what git says.
  GIT_TRACE: undefined,
  GIT_TRACE_CURL: undefined,
  GIT_TRACE_PACKET: undefined,
  GIT_TRACE_SETUP: undefined,
  GIT_CURL_VERBOSE: undefined,
};

/** For what only looks: it takes no lock to refresh the index. */
export const READ_ONLY_ENVIRONMENT = { GIT_OPTIONAL_LOCKS: '0' };

/**
 * Before every subcommand. Maintenance would go on in the background, where it is ended together with git; the
 * program of `core.fsmonitor` is chosen by the repository and would stay too.
 */
export const GIT_CONFIG: readonly string[] = [
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['core.fsmonitor', 'false'],
  ['core.quotePath', 'false'],
  ['color.ui', 'false'],
  ['advice.detachedHead', 'false'],
].flatMap(([name, value]) => ['-c', `${name}=${value}`]);

function failing(reason: string): string {
  return `sh -c 'echo "${reason}" >&2; exit 1'`;
}
