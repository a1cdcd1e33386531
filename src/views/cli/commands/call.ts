import { parseArguments } from '../../../base/tool-arguments/parse-arguments.ts';
import type { CallAnswer } from '../../api/contract/types.ts';
import { toolName } from '../arguments/tool-name.ts';
import { ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { toolSchema } from '../client/tool-schema.ts';
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
  const [server, tool] = toolName(name);
  const host = await findHost(shell.env);
  const args = parseArguments(words, await toolSchema(host, server, tool, words));
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
