import { createHash } from 'node:crypto';
import type { HostRoster } from '../../../store/ports.ts';

/** Spreads assignments over the hosts that are there: all of them know who fires which first, without asking. */
export function firesFirst(
  hosts: Pick<HostRoster, 'id' | 'here'> | undefined,
  assignmentId: string,
): boolean {
  const here = hosts?.here() ?? [];
  if (hosts === undefined || here.length < 2) return true;
  const number = createHash('sha256').update(assignmentId).digest().readUInt32BE();
  return here[number % here.length] === hosts.id;
}
