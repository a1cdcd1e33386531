/** A time of day on the wall. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

/** Pattern of a time that is one beyond doubt: "9:00", "9am", "9 o'clock", "17h30", "noon". */
export const CLEAR_TIME =
  "(?:noon|midday|midnight|\\d{1,2}[:.]\\d{2}\\s*(?:[ap]\\.?m\\b\\.?)?|\\d{1,2}\\s*[ap]\\.?m\\b\\.?|\\d{1,2}\\s*o['’]?clock(?:\\s*[ap]m)?|\\d{1,2}h(?:\\d{2})?\\b)";

/** Pattern of a time where only a time can stand, so that a bare "9" is one too. */
export const ANY_TIME = `(?:${CLEAR_TIME}|\\d{1,2}(?![\\d:.]|\\s*(?:st|nd|rd|th)\\b))`;

/** The time of day that is taken when a text gives none: 9:00, or the hour of its part of the day. */
export function standardTime(text: string): TimeOfDay {
  if (/\bafternoons?\b/.test(text)) return { hour: 15, minute: 0 };
  if (/\bevenings?\b/.test(text)) return { hour: 18, minute: 0 };
  return { hour: /\b(?:tonight|nights?)\b/.test(text) ? 20 : 9, minute: 0 };
}

/** Reads one time of day; undefined when there is none such, as 25:00 or 13pm. */
export function timeOfDay(text: string): TimeOfDay | undefined {
  const trimmed = text.trim().toLowerCase();
  if (trimmed === 'noon' || trimmed === 'midday') return { hour: 12, minute: 0 };
  if (trimmed === 'midnight') return { hour: 0, minute: 0 };
  const [, hours, minutes = '0', half] =
    /^(\d{1,2})(?:[:.h](\d{2}))?h?\s*(?:o['’]?clock)?\s*(?:([ap])\.?m\.?)?$/.exec(trimmed) ?? [];
  if (hours === undefined) return undefined;
  const minute = Number(minutes);
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half === 'p' ? 12 : 0);
  const isOdd = half !== undefined && (Number(hours) < 1 || Number(hours) > 12);
  return hour > 23 || minute > 59 || isOdd ? undefined : { hour, minute };
}

/** "9:00", "17:30": hours without a leading zero. */
export const formatTime = ({ hour, minute }: TimeOfDay): string =>
  `${hour}:${String(minute).padStart(2, '0')}`;

export const inOrder = (times: readonly TimeOfDay[]): TimeOfDay[] =>
  [...new Map(times.map((time) => [minutesOf(time), time])).entries()]
    .sort(([a], [b]) => a - b)
    .map(([, time]) => time);

export const minutesOf = ({ hour, minute }: TimeOfDay): number => hour * 60 + minute;

export const fromMinutes = (minutes: number): TimeOfDay => ({
  hour: Math.floor(minutes / 60),
  minute: minutes % 60,
});
