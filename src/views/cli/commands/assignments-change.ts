import type { Assignment } from '../../../assignment/assignment.ts';
import type { HookAddress } from '../../api/contract/types.ts';
import { type Answer, ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { assignmentPath, resolveAssignmentId } from '../client/resolve-assignment-id.ts';
import { EXIT } from '../exit-status.ts';
import { localTime } from '../render/local-time.ts';
import { oneLine } from '../render/plain-text.ts';
import { shortId } from '../render/short-id.ts';
import type { Shell } from '../terminal/shell.ts';
import { tellHook } from '../terminal/tell-hook.ts';

interface JsonOption {
  readonly json?: boolean;
}

export const pauseAssignment = (shell: Shell, idText: string, options: JsonOption): Promise<number> =>
  setState(shell, idText, 'paused', options);

export const resumeAssignment = (shell: Shell, idText: string, options: JsonOption): Promise<number> =>
  setState(shell, idText, 'on', options);

async function setState(shell: Shell, idText: string, state: 'on' | 'paused', options: JsonOption) {
  const host = await findHost(shell.env);
  const id = await resolveAssignmentId(host, idText);
  tell(shell, await ask<Assignment>(host, assignmentPath(id), { method: 'PATCH', body: { state } }), options);
  return EXIT.ok;
}

/** Removes an assignment; its runs that go on are not stopped. */
export async function removeAssignment(shell: Shell, idText: string): Promise<number> {
  const host = await findHost(shell.env);
  const id = await resolveAssignmentId(host, idText);
  await ask(host, assignmentPath(id), { method: 'DELETE' });
  shell.stdout.write(`Removed. \`meanwhile assignments restore ${shortId(id)}\` takes that back.\n`);
  return EXIT.ok;
}

export async function restoreAssignment(shell: Shell, idText: string, options: JsonOption): Promise<number> {
  const host = await findHost(shell.env);
  const id = await resolveAssignmentId(host, idText, ['removed']);
  tell(shell, await ask<Assignment>(host, assignmentPath(id, '/restore'), { method: 'POST' }), options);
  return EXIT.ok;
}

/** Gives its hook a new address; the old one stops working. */
export async function renewHook(shell: Shell, idText: string, { json }: JsonOption): Promise<number> {
  const host = await findHost(shell.env);
  const id = await resolveAssignmentId(host, idText);
  const { text, body } = await ask<HookAddress>(host, assignmentPath(id, '/hook'), { method: 'POST' });
  if (json) shell.stdout.write(`${text.trimEnd()}\n`);
  else tellHook(shell, body);
  return EXIT.ok;
}

function tell({ stdout }: Shell, { text, body }: Answer<Assignment>, { json }: JsonOption): void {
  const { title, state, nextDueAt, timeZone } = body;
  const next = nextDueAt === undefined ? '' : `, next ${localTime(nextDueAt, timeZone)}`;
  stdout.write(json ? `${text.trimEnd()}\n` : `“${oneLine(title)}” is ${state}${next}.\n`);
}
