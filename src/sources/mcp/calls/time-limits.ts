import type { Clock } from '../../../base/clock.ts';
import type { Ending } from '../../../task/report.ts';

export interface TimeLimits {
  /** Something was heard of the work. */
  sign(): void;
  /** While the work waits for a person, no limit runs. */
  hold(held: boolean): void;
  close(): void;
}

/**
 * There is no limit on how long work may take; only on silence, and a total where one is configured. Which of
 * the two ended the work is said. Time in which the work waits for a person does not count.
 * @param limits milliseconds; 0 turns a limit off
 */
export function timeLimits(
  clock: Clock,
  limits: { readonly idleMs: number; readonly totalMs: number },
  giveUp: (ending: Ending) => void,
): TimeLimits {
  let startedMs = clock.now();
  let signMs = startedMs;
  let heldSinceMs: number | undefined;
  let callOff: (() => void) | undefined;

  function arm() {
    const now = clock.now();
    const idleLeft = limits.idleMs === 0 ? Number.POSITIVE_INFINITY : signMs + limits.idleMs - now;
    const totalLeft = limits.totalMs === 0 ? Number.POSITIVE_INFINITY : startedMs + limits.totalMs - now;
    if (totalLeft <= 0)
      return giveUp(
        ending('timeout_total', `It ran longer than ${seconds(limits.totalMs)}, the limit of this server.`),
      );
    if (idleLeft <= 0)
      return giveUp(ending('timeout_idle', `The server gave no sign of life for ${seconds(limits.idleMs)}.`));
    const next = Math.min(idleLeft, totalLeft);
    if (next !== Number.POSITIVE_INFINITY) callOff = clock.after(Math.min(next, 2 ** 31 - 1), arm);
  }

  arm();
  return {
    sign() {
      signMs = clock.now();
    },
    hold(held) {
      if (held === (heldSinceMs !== undefined)) return;
      callOff?.();
      if (heldSinceMs !== undefined) {
        startedMs += clock.now() - heldSinceMs;
        signMs = clock.now();
      }
      heldSinceMs = held ? clock.now() : undefined;
      if (!held) arm();
    },
    close: () => callOff?.(),
  };
}

const ending = (reason: 'timeout_idle' | 'timeout_total', message: string): Ending => ({
  status: 'failed',
  failure: { reason, message },
});

const seconds = (ms: number): string =>
  ms < 120_000 ? `${Math.round(ms / 1_000)} s` : `${Math.round(ms / 60_000)} min`;
