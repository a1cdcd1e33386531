import type { Run } from '../../../assignment/run.ts';
import { ask } from './ask.ts';
import type { Host } from './find-host.ts';
import { followEvents } from './follow-events.ts';

/** Whether a run waits or goes on. */
export const isRunActive = ({ state }: Pick<Run, 'state'>): boolean =>
  state === 'waiting' || state === 'running';

/**
 * Follows a run until it fits or has ended, or the signal says stop; returns it as it was seen last.
 * @throws {AppError} when the host refuses
 */
export async function followRun(
  find: () => Promise<Host>,
  start: Run,
  fits: (run: Run) => boolean,
  signal: AbortSignal,
): Promise<Run> {
  let run = start;
  if (fits(run) || !isRunActive(run)) return run;
  for await (const item of followEvents({ find, after: run.seq, signal })) {
    if (item.kind !== 'event') continue;
    const news = await newsOf(item, run.id, find);
    if (news === undefined || news.seq <= run.seq) continue;
    run = news;
    if (fits(run) || !isRunActive(run)) break;
  }
  return run;
}

async function newsOf(item: { type: string; data: string }, id: string, find: () => Promise<Host>) {
  if (item.type === 'resync')
    return (await ask<Run>(await find(), `/api/runs/${encodeURIComponent(id)}`)).body;
  if (item.type !== 'run') return undefined;
  const run = JSON.parse(item.data) as Run;
  return run.id === id ? run : undefined;
}
