import type { Assignment } from '../../../assignment/assignment.ts';
import type { RunPage } from '../../api/contract/types.ts';
import { ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { assignmentPath, resolveAssignmentId } from '../client/resolve-assignment-id.ts';
import { EXIT } from '../exit-status.ts';
import { assignmentDetails } from '../render/assignment-details.ts';
import type { Shell } from '../terminal/shell.ts';
import { writeLines } from '../terminal/write-text.ts';

/** One assignment: when and what, how it stands, and its newest runs. */
export async function showAssignment(shell: Shell, idText: string, { json = false }): Promise<number> {
  const { stdout } = shell;
  const host = await findHost(shell.env);
  const id = await resolveAssignmentId(host, idText);
  const { text, body } = await ask<Assignment>(host, assignmentPath(id));
  if (json) {
    stdout.write(`${text.trimEnd()}\n`);
    return EXIT.ok;
  }
  const runs = await ask<RunPage>(host, assignmentPath(id, '/runs'), { query: { limit: 10 } });
  writeLines(stdout, assignmentDetails(body, runs.body, stdout.paint));
  return EXIT.ok;
}
