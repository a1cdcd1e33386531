import type { Shell } from '../terminal/shell.ts';

/** Ctrl-C during a call: once to stop the work, twice to leave it running. */
export interface CallInterrupts {
  /** Aborted at the first Ctrl-C. */
  readonly stop: AbortSignal;
  /** Aborted at the second. */
  readonly leave: AbortSignal;
  /** Where notes go; a display puts itself here. */
  say: (text: string) => void;
  close(): void;
}

export function callInterrupts(shell: Shell): CallInterrupts {
  const stop = new AbortController();
  const leave = new AbortController();
  const interrupts: CallInterrupts = {
    stop: stop.signal,
    leave: leave.signal,
    say: (text) => shell.stderr.write(`${text}\n`),
    close: shell.onInterrupt(() => {
      if (stop.signal.aborted) return leave.abort();
      interrupts.say('stopping… (Ctrl-C again leaves it running)');
      stop.abort();
    }),
  };
  return interrupts;
}
