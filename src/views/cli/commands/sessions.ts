import type { SessionPage } from '../../api/contract/types.ts';
import { ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { EXIT } from '../exit-status.ts';
import { roughly } from '../render/duration.ts';
import { plainTable } from '../render/plain-table.ts';
import type { Shell } from '../terminal/shell.ts';
import { writeLines } from '../terminal/write-text.ts';

/** The sessions, newest change first. */
export async function sessions(shell: Shell, { json = false }: { json?: boolean }): Promise<number> {
  const { stdout } = shell;
  const host = await findHost(shell.env);
  const { text, body } = await ask<SessionPage>(host, '/api/sessions', { query: { limit: 50 } });
  if (json) {
    stdout.write(`${text.trimEnd()}\n`);
    return EXIT.ok;
  }
  if (body.sessions.length === 0) {
    stdout.write('No session yet. A chat in the browser, or `meanwhile call`, makes the first.\n');
    return EXIT.ok;
  }
  const rows = body.sessions.map((session) => [
    session.id,
    session.running > 0 ? String(session.running) : '',
    stdout.interactive ? `${roughly(Date.now() - Date.parse(session.updatedAt))} ago` : session.updatedAt,
    session.title,
  ]);
  const width = stdout.interactive ? { columns: stdout.columns } : {};
  writeLines(
    stdout,
    plainTable(['ID', 'RUNNING', 'CHANGED', 'TITLE'], rows, { ...width, paint: stdout.paint }),
  );
  return EXIT.ok;
}
