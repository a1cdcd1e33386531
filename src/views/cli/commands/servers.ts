import type { ServerList } from '../../api/contract/types.ts';
import { ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { EXIT } from '../exit-status.ts';
import { plainTable } from '../render/plain-table.ts';
import { oneLine } from '../render/plain-text.ts';
import { serverNote } from '../render/server-words.ts';
import type { Shell } from '../terminal/shell.ts';
import { writeLines } from '../terminal/write-text.ts';

/** The servers with their state, and why a failed one has failed. */
export async function servers(shell: Shell, { json = false }: { json?: boolean }): Promise<number> {
  const { stdout, stderr } = shell;
  const host = await findHost(shell.env);
  const { text, body } = await ask<ServerList>(host, '/api/servers');
  if (json) {
    stdout.write(`${text.trimEnd()}\n`);
    return EXIT.ok;
  }
  if (body.configError) stderr.write(`meanwhile: ${oneLine(body.configError)}\n`);
  if (body.servers.length === 0) {
    stdout.write("No server yet. `meanwhile servers add NAME --command '…'` connects the first.\n");
    return EXIT.ok;
  }
  const rows = body.servers.map((server) => [server.name, server.state, serverNote(server), server.target]);
  const width = stdout.interactive ? { columns: stdout.columns } : {};
  writeLines(
    stdout,
    plainTable(['NAME', 'STATE', 'NOTE', 'TARGET'], rows, { ...width, paint: stdout.paint }),
  );
  return EXIT.ok;
}
