import type { ServerView } from '../../../store/records.ts';
import { ask } from './ask.ts';
import type { Host } from './find-host.ts';

/** The schema that says how to read `key=value`; not asked for where no word needs it. */
export async function toolSchema(host: Host, server: string, tool: string, words: readonly string[]) {
  if (words.every((word) => /^\s*\{|^[^=]+:=/.test(word))) return {};
  const { body } = await ask<ServerView>(host, `/api/servers/${encodeURIComponent(server)}`);
  // A tool that is not (yet) listed is for the host to judge.
  return body.tools.find(({ name }) => name === tool)?.inputSchema ?? {};
}
