const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (value: number): string => String(value).padStart(2, '0');

/** A length of time in at most six characters: `820ms`, `4.2s`, `42s`, `1m20s`, `2h05m`, `3d4h`. */
export function duration(ms: number): string {
  if (ms < 0 || !Number.isFinite(ms)) return '0s';
  if (ms < 0.95 * SECOND) return `${Math.round(ms)}ms`;
  if (ms < 9.95 * SECOND) return `${(ms / SECOND).toFixed(1)}s`;
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)}s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}m${two(Math.floor((ms % MINUTE) / SECOND))}s`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)}h${two(Math.floor((ms % HOUR) / MINUTE))}m`;
  if (ms < 100 * DAY) return `${Math.floor(ms / DAY)}d${Math.floor((ms % DAY) / HOUR)}h`;
  return `${Math.floor(ms / DAY)}d`;
}

/** A length of time that still grows, in whole seconds, so that the figure does not flicker. */
export function elapsed(ms: number): string {
  return ms < 10 * SECOND ? `${Math.max(0, Math.floor(ms / SECOND))}s` : duration(ms);
}

/** A length of time in its largest unit: `40 s`, `4 min`, `2 h`, `3 days`. */
export function roughly(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / SECOND))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} days`;
}
