import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { listProcesses } from '../../process-tree/list.ts';

/** Pids of the processes whose command line holds these words, parted by spaces. */
export function processesWith(words: string): number[] {
  return commandLines()
    .filter(({ line, pid }) => pid !== process.pid && line.includes(words))
    .map(({ pid }) => pid);
}

function commandLines(): { pid: number; line: string }[] {
  if (process.platform === 'linux')
    return listProcesses().map(({ pid }) => ({ pid, line: commandLine(pid) }));
  return execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((row) => {
      const match = /^\s*(\d+)\s+(.*)$/.exec(row);
      return match === null ? [] : [{ pid: Number(match[1]), line: match[2] ?? '' }];
    });
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it has ended since
  }
}
