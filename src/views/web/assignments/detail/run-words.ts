import type { Run } from '../../data/types.ts';
import { formatZoned } from '../../text/zoned.ts';

/** The time that a run is for: its due time, or when it was fired. */
export const runTime = ({ cause, createdAt }: Run): string =>
  cause.type === 'timer' ? cause.dueAt : createdAt;

/** What fired it, in words; nothing for a time that was simply due. */
export function causeWords({ cause }: Run): string {
  switch (cause.type) {
    case 'timer':
      return cause.missed
        ? `stands for ${cause.missed} missed ${cause.missed === 1 ? 'time' : 'times'} too`
        : '';
    case 'event': {
      const types = [...new Set(cause.events.map(({ type }) => type))].slice(0, 3).join(', ');
      return cause.events.length > 1 ? `${cause.events.length} events: ${types}` : types;
    }
    case 'person':
      return cause.events === undefined ? 'run by hand' : 'tried with a sample';
  }
}

/** When it began, where that is not when it was due; and which try it is. */
export function beginWords(run: Run, timeZone: string, now: number): string {
  const { startedAt, attempt, state, notBefore } = run;
  const lateMs = startedAt === undefined ? 0 : Date.parse(startedAt) - Date.parse(runTime(run));
  return [
    startedAt !== undefined && lateMs > 60_000 && `began ${formatZoned(startedAt, timeZone, now)}`,
    attempt > 1 && `try ${attempt}`,
    state === 'waiting' && Date.parse(notBefore) > now && `next try ${formatZoned(notBefore, timeZone, now)}`,
  ]
    .filter((words) => words !== false)
    .join(' · ');
}

/** How long it took, or has taken so far; in ms. */
export function runMs({ startedAt, endedAt, state }: Run, now: number): number | undefined {
  if (startedAt === undefined || state === 'waiting') return undefined;
  return Math.max(0, (endedAt === undefined ? now : Date.parse(endedAt)) - Date.parse(startedAt));
}
