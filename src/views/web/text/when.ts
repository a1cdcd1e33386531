/** A moment for a list: `14:05` today, `Yesterday`, `Mon`, `3 Nov`, `3 Nov 2025`. */
export function formatWhen(iso: string, nowMs: number): string {
  const date = new Date(iso);
  const now = new Date(nowMs);
  const days = Math.round((startOfDay(now) - startOfDay(date)) / 86_400_000);
  if (days <= 0) return formatClock(iso);
  if (days === 1) return 'Yesterday';
  if (days < 7) return date.toLocaleDateString('en', { weekday: 'short' });
  const day = `${date.getDate()} ${date.toLocaleDateString('en', { month: 'short' })}`;
  return date.getFullYear() === now.getFullYear() ? day : `${day} ${date.getFullYear()}`;
}

/** `14:05`, or `14:05:09` with seconds. */
export function formatClock(iso: string, seconds = false): string {
  const date = new Date(iso);
  const parts = [date.getHours(), date.getMinutes(), ...(seconds ? [date.getSeconds()] : [])];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** Day and time in full, for titles and facts. */
export function formatMoment(iso: string, nowMs: number): string {
  const sameDay = startOfDay(new Date(iso)) === startOfDay(new Date(nowMs));
  const clock = formatClock(iso, true);
  return sameDay ? `today ${clock}` : `${formatDay(iso)} ${clock}`;
}

export function isSameDay(iso: string, nowMs: number): boolean {
  return startOfDay(new Date(iso)) === startOfDay(new Date(nowMs));
}

function formatDay(iso: string): string {
  const date = new Date(iso);
  return `${date.getDate()} ${date.toLocaleDateString('en', { month: 'short' })} ${date.getFullYear()}`;
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
