import type { RunGlance } from '../../../assignment/assignment.ts';
import type { RunState } from '../../../assignment/run-state.ts';
import type { Colour, Paint } from './colour.ts';
import { duration, roughly } from './duration.ts';

/** How the state of a run looks: as that of a task, never by colour alone. */
export const RUN_LOOKS: Readonly<Record<RunState, { symbol: string; colour: Colour }>> = {
  waiting: { symbol: '…', colour: 'dim' },
  running: { symbol: '●', colour: 'blue' },
  completed: { symbol: '✔', colour: 'green' },
  failed: { symbol: '✘', colour: 'red' },
  cancelled: { symbol: '⊘', colour: 'dim' },
  lost: { symbol: '◌', colour: 'magenta' },
  skipped: { symbol: '–', colour: 'dim' },
};

/** The last runs as symbols, the newest at the right. */
export const runStrip = (strip: readonly RunGlance[]): string =>
  strip
    .map(({ state }) => RUN_LOOKS[state].symbol)
    .reverse()
    .join('');

/** One run in a few words: `✔ completed 2 h ago, 4.2s`. */
export function glanceText({ state, at, durationMs }: RunGlance, now: number, paint: Paint): string {
  const { symbol, colour } = RUN_LOOKS[state];
  const took = durationMs === undefined ? '' : `, ${duration(durationMs)}`;
  return `${paint(`${symbol} ${state}`, colour)} ${roughly(now - Date.parse(at))} ago${took}`;
}
