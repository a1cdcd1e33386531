import { readFileSync } from 'node:fs';
import { listProcesses } from '../../../process-tree/list.ts';

/**
 * How many bytes the processes of a group have read and written so far, with the processes themselves: while this
 * stays the same, nothing is transferred. `undefined` where the system does not say (elsewhere than on Linux).
 */
export function signsOfLife(group: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const signs = listProcesses()
    .filter(({ pgid, state }) => pgid === group && state !== 'Z')
    .map(({ pid }) => `${pid} ${transferred(pid)}`);
  return signs.sort().join(', ');
}

function transferred(pid: number): string {
  try {
    return (readFileSync(`/proc/${pid}/io`, 'utf8').match(/^[rw]char: \d+$/gm) ?? []).join(' ');
  } catch {
    return ''; // gone meanwhile
  }
}
