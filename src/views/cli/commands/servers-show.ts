import type { ServerView } from '../../../store/records.ts';
import { ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { EXIT } from '../exit-status.ts';
import { serverDetails } from '../render/server-details.ts';
import type { Shell } from '../terminal/shell.ts';
import { writeLines } from '../terminal/write-text.ts';

/** One server: its state, what went wrong, what it last wrote to stderr, and its tools with their arguments. */
export async function showServer(shell: Shell, name: string, { json = false }): Promise<number> {
  const { stdout } = shell;
  const host = await findHost(shell.env);
  const { text, body } = await ask<ServerView>(host, `/api/servers/${encodeURIComponent(name)}`);
  if (json) stdout.write(`${text.trimEnd()}\n`);
  else writeLines(stdout, serverDetails(body, stdout.paint));
  return EXIT.ok;
}
