import { connection } from './connection.ts';
import { createObservable } from './observable.ts';

/** How far the host's clock is ahead of ours, in ms; 0 while the difference is too small to matter. */
let offsetMs = 0;

/** Learns from the `Date` header of an answer; its resolution is one second. */
export function noteHostTime(dateHeader: string | null): void {
  const difference = dateHeader === null ? Number.NaN : Date.parse(dateHeader) - Date.now();
  if (Number.isNaN(difference)) return;
  offsetMs = Math.abs(difference) > 3_000 ? difference : 0;
}

/** The host's time. While the line is cut it stands still: nothing is known of what happened since. */
export function hostNow(): number {
  return connection.get().lostAt ?? Date.now() + offsetMs;
}

/** Ticks once a second for all counters on the page together. */
export const ticking = createObservable(hostNow());

export function startTicking(): void {
  setInterval(() => ticking.set(hostNow()), 1_000);
}
