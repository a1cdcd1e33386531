import { readFileSync } from 'node:fs';
import { parseCpu, parseMemory } from './parse-proc-use.ts';

/** What a run has used of the machine. Both are the least that is certain; `null` where nothing is known (not Linux). */
export interface ResourceUse {
  /** User and system time of all its processes together, in seconds. */
  readonly cpuSeconds: number | null;
  /** The most memory that was held at once, as far as was seen, in MB of 1,000,000 bytes. */
  readonly peakMb: number | null;
}

/** Adds up what the processes of one tree use, from looks at it while it runs. */
export class TreeUse {
  #cpuSeconds: number | null = null;
  #peakMb: number | null = null;

  /** One look. A process that is over is counted by its parent, which has waited for it. */
  look(pids: readonly number[]): void {
    if (process.platform !== 'linux') return;
    let cpuSeconds = 0;
    let nowMb = 0;
    let largestMb = 0;
    for (const pid of pids) {
      const cpu = parseCpu(read(`/proc/${pid}/stat`));
      const memory = parseMemory(read(`/proc/${pid}/status`));
      if (cpu) cpuSeconds += cpu.own + cpu.ofChildren;
      if (memory) nowMb += memory.nowMb;
      if (memory) largestMb = Math.max(largestMb, memory.peakMb);
    }
    if (cpuSeconds > 0) this.add({ cpuSeconds });
    const peakMb = Math.max(nowMb, largestMb);
    if (peakMb > 0) this.#peakMb = Math.max(this.#peakMb ?? 0, peakMb);
  }

  /** What is known from elsewhere. */
  add({ cpuSeconds }: { readonly cpuSeconds: number | undefined }): void {
    if (cpuSeconds !== undefined) this.#cpuSeconds = Math.max(this.#cpuSeconds ?? 0, cpuSeconds);
  }

  get use(): ResourceUse {
    const round = (value: number | null, digits: number) => value && Number(value.toFixed(digits));
    return { cpuSeconds: round(this.#cpuSeconds, 2), peakMb: round(this.#peakMb, 1) };
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // over meanwhile
  }
}
