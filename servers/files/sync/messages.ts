import type { HandedFolder } from '../place/open-folder.ts';

/** What a copying thread is told: between `begin` and `end` come batches, each of which it answers. */
export type CopyMessage =
  | ({ readonly type: 'begin' } & CopyStart)
  | { readonly type: 'batch'; readonly jobs: readonly CopyJob[] }
  | { readonly type: 'end' };

export interface CopyStart {
  readonly source: HandedFolder;
  readonly destination: HandedFolder;
  /** Forces each file to the disk before it takes its name. */
  readonly durable: boolean;
  readonly shared: SharedArrayBuffer;
}

export interface CopyJob {
  /** From the top of both trees. */
  readonly path: string;
  /** In bytes, as it was planned. */
  readonly size: number;
  readonly ifDifferent: boolean;
}

/** What became of some jobs. */
export interface BatchDone {
  readonly copied: number;
  readonly copiedBytes: number;
  /** Found to be the same by their hash. */
  readonly same: number;
  /** Taken over from partial copies. */
  readonly resumedBytes: number;
  /** Files that had another size than planned when they were copied. */
  readonly sizes: readonly (readonly [path: string, size: number])[];
  readonly problems: readonly CopyProblem[];
  /** Partial copies that a stop has left. */
  readonly parts: readonly { readonly path: string; readonly bytes: number }[];
}

export interface CopyProblem {
  readonly path: string;
  readonly reason: string;
  /** It changed while it was read, twice; otherwise it could not be copied. */
  readonly isConflict: boolean;
}

/** The numbers that all threads see. */
export class SharedState {
  readonly buffer: SharedArrayBuffer;
  readonly #numbers: BigInt64Array;

  constructor(buffer = new SharedArrayBuffer(3 * 8)) {
    this.buffer = buffer;
    this.#numbers = new BigInt64Array(buffer);
  }

  get isStopped(): boolean {
    return Atomics.load(this.#numbers, 0) !== 0n;
  }

  stop(): void {
    Atomics.store(this.#numbers, 0, 1n);
  }

  /** May be negative: what is copied anew counts again. */
  addBytes(bytes: number): void {
    Atomics.add(this.#numbers, 1, BigInt(bytes));
  }

  addFile(): void {
    Atomics.add(this.#numbers, 2, 1n);
  }

  get bytes(): number {
    return Number(Atomics.load(this.#numbers, 1));
  }

  get files(): number {
    return Number(Atomics.load(this.#numbers, 2));
  }
}
