import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Numbers of the system calls `read` and `readv`; other machines do not tell. */
const READ_CALLS: Readonly<Record<string, readonly number[]>> = { x64: [0, 19], arm64: [63, 65] };

/** The descriptor that a thread is reading from right now, out of `/proc/PID/task/TID/syscall`. */
export function parseReading(text: string, architecture: string): number | undefined {
  const match = /^(\d+) (0x[\da-f]+) /.exec(text);
  if (match === null || !READ_CALLS[architecture]?.includes(Number(match[1]))) return undefined;
  return Number(match[2]);
}

/**
 * Whether one of the processes stands still in reading from this input; `undefined` where that cannot be known (not
 * Linux, another user's process). What polls its input before it reads, as an editor does, is not seen.
 * @param inputName as in `Child`; of a terminal, reading from `/dev/tty` counts too
 */
export function readsInput(pids: readonly number[], inputName: string | undefined): boolean | undefined {
  if (inputName === undefined || READ_CALLS[process.arch] === undefined) return undefined;
  const names = inputName.startsWith('/dev/') ? [inputName, '/dev/tty'] : [inputName];
  let isKnown = false;
  for (const pid of pids) {
    for (const thread of attempt(() => readdirSync(`/proc/${pid}/task`)) ?? []) {
      const call = attempt(() => readFileSync(`/proc/${pid}/task/${thread}/syscall`, 'utf8'));
      if (call === undefined) continue;
      isKnown = true;
      const descriptor = parseReading(call, process.arch);
      if (descriptor === undefined) continue;
      const source = attempt(() => readlinkSync(`/proc/${pid}/fd/${descriptor}`));
      if (source !== undefined && names.includes(source)) return true;
    }
  }
  return isKnown ? false : undefined;
}

function attempt<Result>(what: () => Result): Result | undefined {
  try {
    return what();
  } catch {
    return undefined; // over meanwhile, or not ours to look at
  }
}
