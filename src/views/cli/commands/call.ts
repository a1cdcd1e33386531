import { AppError } from '../../../base/errors.ts';
import { parseArguments } from '../../../base/tool-arguments/parse-arguments.ts';
import type { ServerView } from '../../../store/records.ts';
import type { CallAnswer } from '../../api/contract/types.ts';
import { ask } from '../client/ask.ts';
import { findHost, type Host } from '../client/find-host.ts';
import { EXIT } from '../exit-status.ts';
import type { Shell } from '../terminal/shell.ts';
import { callInterrupts } from './interrupts.ts';
import { showCall } from './show-call.ts';

export interface CallOptions {
  readonly session?: string;
  readonly detach?: boolean;
  readonly json?: boolean;
}

/** Calls a tool. The result goes to stdout; while it runs long, its progress to stderr. */
export async function call(
  shell: Shell,
  name: string,
  words: readonly string[],
  options: CallOptions,
): Promise<number> {
  const [server, tool] = splitName(name);
  const host = await findHost(shell.env);
  const args = parseArguments(words, await schemaFor(host, server, tool, words));
  const interrupts = callInterrupts(shell);
  try {
    const path = `/api/servers/${encodeURIComponent(server)}/tools/${encodeURIComponent(tool)}`;
    const body = { arguments: args, ...(options.session ? { sessionId: options.session } : {}) };
    const asked = ask<CallAnswer>(host, path, { method: 'POST', body, signal: interrupts.leave });
    const answer = await asked.catch((error) => {
      if (interrupts.leave.aborted) return undefined;
      throw error;
    });
    if (!answer) return EXIT.interrupted;
    return await showCall(shell, answer, options, interrupts);
  } finally {
    interrupts.close();
  }
}

/** Tools may have dots in their names, servers have none. */
function splitName(name: string): [string, string] {
  const at = name.indexOf('.');
  if (at > 0 && at < name.length - 1) return [name.slice(0, at), name.slice(at + 1)];
  throw new AppError('invalid_arguments', `Name the tool as server.tool, not \`${name}\`.`);
}

/** The schema that says how to read `key=value`; not asked for where no word needs it. */
async function schemaFor(host: Host, server: string, tool: string, words: readonly string[]) {
  if (words.every((word) => /^\s*\{|^[^=]+:=/.test(word))) return {};
  const { body } = await ask<ServerView>(host, `/api/servers/${encodeURIComponent(server)}`);
  // A tool that is not (yet) listed is for the host to judge.
  return body.tools.find(({ name }) => name === tool)?.inputSchema ?? {};
}
