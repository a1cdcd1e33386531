import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { AppError } from '../../../base/errors.ts';
import type { AssignmentsImported } from '../../api/contract/types.ts';
import { ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { EXIT } from '../exit-status.ts';
import { oneLine } from '../render/plain-text.ts';
import type { Shell } from '../terminal/shell.ts';
import { writeLines } from '../terminal/write-text.ts';

/** All assignments as a file on stdout, without the secrets of their hooks. */
export async function exportAssignments(shell: Shell): Promise<number> {
  const { body } = await ask<unknown>(await findHost(shell.env), '/api/assignments/export');
  shell.stdout.write(`${JSON.stringify(body, null, 2)}\n`);
  return EXIT.ok;
}

/** Makes those of a file that are not there yet, paused; `-` reads stdin. */
export async function importAssignments(shell: Shell, file: string, { json = false }): Promise<number> {
  const { stdout, stderr } = shell;
  const given = await read(file);
  const host = await findHost(shell.env);
  const { text, body } = await ask<AssignmentsImported>(host, '/api/assignments/import', {
    method: 'POST',
    body: given,
  });
  if (json) {
    stdout.write(`${text.trimEnd()}\n`);
    return EXIT.ok;
  }
  stdout.write(
    `${body.made} made${body.made > 0 ? ', paused. `meanwhile assignments resume ID` turns one on' : ''}.\n`,
  );
  writeLines(
    stderr,
    body.skipped.map(({ title, why }) => `Not made: ${oneLine(title)}: ${oneLine(why)}`),
  );
  return EXIT.ok;
}

async function read(file: string): Promise<unknown> {
  const text = await (file === '-' ? readAll(process.stdin) : readFile(file, 'utf8')).catch((error) => {
    throw new AppError('invalid_arguments', `${file} cannot be read: ${error.message}`);
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError(
      'invalid_arguments',
      `${file} is no JSON; give a file that \`meanwhile assignments export\` wrote.`,
    );
  }
}
