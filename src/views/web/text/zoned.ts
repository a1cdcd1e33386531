/* Moments in a time zone that need not be the reader's own. Pure. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far away a moment is: `in 20 min`, `in 3 h`, `in 5 d`, `4 min ago`, `just now`. */
export function formatDistance(iso: string, nowMs: number): string {
  const ms = Date.parse(iso) - nowMs;
  const length = Math.abs(ms);
  if (length < 1_000) return ms > 0 ? 'now' : 'just now';
  const words = distance(length);
  return ms > 0 ? `in ${words}` : `${words} ago`;
}

function distance(ms: number): string {
  if (ms < MINUTE) return `${Math.ceil(ms / 1_000)} s`;
  // What would be 60 min is 1 h.
  if (ms < HOUR - MINUTE / 2) return `${Math.round(ms / MINUTE)} min`;
  if (ms < DAY - HOUR / 2) return `${Math.round(ms / HOUR)} h`;
  return `${Math.round(ms / DAY)} d`;
}

/** A moment in its zone: `today 17:00`, `tomorrow 9:00`, `Mon 30 Nov 9:00`, with the year where it is another. */
export function formatZoned(iso: string, timeZone: string, nowMs: number): string {
  const at = partsOf(Date.parse(iso), timeZone);
  const days = dayNumber(at) - dayNumber(partsOf(nowMs, timeZone));
  if (days === 0) return `today ${at.clock}`;
  if (days === 1) return `tomorrow ${at.clock}`;
  if (days === -1) return `yesterday ${at.clock}`;
  const year = at.year === partsOf(nowMs, timeZone).year ? '' : ` ${at.year}`;
  return `${at.weekday} ${at.day} ${at.month}${year} ${at.clock}`;
}

/** In full, with the zone: `Monday 30 November 2026, 9:00:00 (Europe/Berlin)`. */
export function formatZonedFully(iso: string, timeZone: string): string {
  const date = new Date(iso);
  const day = format(date, timeZone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const clock = format(date, timeZone, { hour: 'numeric', minute: '2-digit', second: '2-digit' });
  return `${day.replaceAll(',', '')}, ${clock} (${timeZone})`;
}

interface Parts {
  readonly year: string;
  readonly monthNumber: number;
  readonly month: string;
  readonly day: string;
  readonly weekday: string;
  readonly clock: string;
}

function partsOf(ms: number, timeZone: string): Parts {
  const date = new Date(ms);
  const part = (options: Intl.DateTimeFormatOptions) => format(date, timeZone, options);
  return {
    year: part({ year: 'numeric' }),
    monthNumber: Number(part({ month: 'numeric' })),
    month: part({ month: 'short' }),
    day: part({ day: 'numeric' }),
    weekday: part({ weekday: 'short' }),
    clock: part({ hour: 'numeric', minute: '2-digit' }),
  };
}

const dayNumber = ({ year, monthNumber, day }: Parts): number =>
  Date.UTC(Number(year), monthNumber - 1, Number(day)) / DAY;

const formats = new Map<string, Intl.DateTimeFormat>();

/** A zone that this browser does not know is shown as UTC. */
function format(date: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify([timeZone, options]);
  let made = formats.get(key);
  if (made === undefined) {
    made = create(timeZone, options) ?? create('UTC', options)!;
    formats.set(key, made);
  }
  return made.format(date).replace(/^0(?=\d:)/, '');
}

function create(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone, hourCycle: 'h23' });
  } catch {
    return undefined;
  }
}
