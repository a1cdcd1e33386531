/**
 * One piece of work while it is done: what a tool is given beside its arguments, and all it knows of its caller. The
 * tool does not see whether it is a plain call, a task of 2025-11-25 or one of the extension of 2026-07-28, nor over
 * which transport.
 */
export interface Work {
  /** Aborted when the work shall stop. The tool then cleans up and answers all the same, as soon as it has. */
  readonly signal: AbortSignal;
  /** Why `signal` was aborted; `undefined` while it is not. */
  readonly stopReason: StopReason | undefined;
  /** How far it is. As often as you like: the newest state is sent at most ten times a second, and the last always. */
  progress(progress: Progress): void;
  /** Output as it appears: whole lines with their line ends, clean. Sent in batches; of a flood the middle is skipped. */
  output(lines: string): void;
  /** Whether anybody can be asked. Looked at before, so that what cannot be asked is refused in words. */
  readonly canAsk: boolean;
  /**
   * Asks the person behind the client, and waits as long as it takes. Several questions may stand at once, each under
   * a key of its own that is used once.
   * @throws {CannotAsk} when the client takes no questions
   * @throws the reason of `signal` when the work is stopped meanwhile
   */
  ask(key: string, question: Question): Promise<Answer>;
}

/** `shutdown`: the server itself is told to end. */
export type StopReason = 'cancelled' | 'shutdown';

/** All optional: what is not known is not said. */
export interface Progress {
  /** What happens now, as one line for a person: `Receiving objects 612/1,000, 4.2 MiB/s`. */
  readonly message?: string;
  /** How much of this phase is done, `0 <= value <= total`. */
  readonly value?: number;
  /** Left out while it is not known. */
  readonly total?: number;
  /** What is counted, in the plural (`files`, `objects`), or `bytes`. */
  readonly unit?: string;
  /** Names the phase, so that one that begins small again is told from one that goes backwards. */
  readonly phase?: string;
}

/** One question, as MCP asks it (`elicitation/create`, mode `form`). */
export interface Question {
  readonly message: string;
  /** A flat JSON Schema object: texts, numbers, truth values and choices only. */
  readonly schema: {
    readonly type: 'object';
    readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly required?: readonly string[];
  };
}

export type Answer =
  | { readonly action: 'accept'; readonly content: Readonly<Record<string, unknown>> }
  | { readonly action: 'decline' | 'cancel' };

/** The client has no way to put a question to a person. */
export class CannotAsk extends Error {
  constructor() {
    super('This client cannot be asked anything.');
  }
}
