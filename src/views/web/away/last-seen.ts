import { createObservable } from '../data/observable.ts';

/* When somebody last looked at the page, kept in the browser, and since when somebody was away. */

const KEY = 'last-seen';
/** Shorter absences are no absence. */
export const AWAY_MS = 10 * 60_000;
const NOTED_EVERY_MS = 30_000;

/** Since when somebody was away who is back now, in ms; undefined while there is nothing to tell. */
export const awaySince = createObservable<number | undefined>(undefined);

/** Whether one who was last here then was away: for more than ten minutes, or since another day. */
export function wasAway(lastMs: number, nowMs: number): boolean {
  const isOtherDay = new Date(lastMs).toDateString() !== new Date(nowMs).toDateString();
  // Midnight passes also while one looks at the page.
  return nowMs - lastMs > (isOtherDay ? 2 * NOTED_EVERY_MS : AWAY_MS);
}

/** Notes that somebody is here for as long as the page is in view, and tells when one comes back. */
export function startNotingPresence(): void {
  const look = (): void => {
    if (document.visibilityState === 'hidden') return;
    const last = read();
    const now = Date.now();
    if (last !== undefined && wasAway(last, now)) awaySince.set(last);
    write(now);
  };
  const leave = (): void => {
    if (document.visibilityState === 'hidden') write(Date.now());
    else look();
  };
  look();
  setInterval(() => {
    if (document.visibilityState !== 'hidden') look();
  }, NOTED_EVERY_MS);
  document.addEventListener('visibilitychange', leave);
}

function read(): number | undefined {
  try {
    const ms = Number(localStorage.getItem(KEY) ?? Number.NaN);
    return Number.isFinite(ms) ? ms : undefined;
  } catch {
    return undefined; // private mode: nobody was ever away
  }
}

function write(ms: number): void {
  try {
    localStorage.setItem(KEY, String(ms));
  } catch {
    // as above
  }
}
