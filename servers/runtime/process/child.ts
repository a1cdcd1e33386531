import type { Writable } from 'node:stream';

/** The first process of a run, however it was started. */
export interface Child {
  /** Absent when it could not be started; `exit` then rejects. */
  readonly pid: number | undefined;
  readonly stdin?: Writable;
  /** Where its input comes from, as the system names it (`pipe:[17]`, `/dev/pts/3`), where it names it. */
  readonly inputName?: string;
  readonly exit: Promise<ChildExit>;
  /** After its exit: waits for the rest of the output, but not for a stranger who holds the pipe. */
  drain(): Promise<void>;
}

export interface ChildExit {
  /** `null` when a signal ended it. */
  readonly exitStatus: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ChildRequest {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onOutput: (stream: 'stdout' | 'stderr', bytes: Buffer) => void;
}
