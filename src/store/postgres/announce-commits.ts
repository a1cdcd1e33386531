import type { Clock } from '../../base/clock.ts';
import type { Writer } from '../ports.ts';

/** A notification with every commit would cut what many connections can commit to a third. */
const EVERY_MS = 25;

/** Tells the other hosts of our commits: the newest seq, and not more often than they need it. */
export function announceCommits(parts: {
  writer: Pick<Writer, 'onCommit'>;
  tell: (seq: number) => Promise<void>;
  clock: Clock;
}): { close(): Promise<void> } {
  const { writer, tell, clock } = parts;
  let newest = 0;
  let callOff: (() => void) | undefined;
  let telling = Promise.resolve();

  function say(): void {
    callOff = undefined;
    // Not heard over a connection that is broken: others look for themselves when theirs is, and at the next commit.
    telling = tell(newest).catch(() => {});
  }

  const undo = writer.onCommit((changes) => {
    newest = changes.at(-1)?.seq ?? newest;
    callOff ??= clock.after(EVERY_MS, say);
  });

  return {
    async close() {
      undo();
      if (callOff !== undefined) {
        callOff();
        say();
      }
      await telling;
    },
  };
}
