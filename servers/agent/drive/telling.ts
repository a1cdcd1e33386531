import { setInterval } from 'node:timers';
import type { KeptOutput } from '../../runtime/output/capped-output.ts';
import type { RunOutput } from '../../runtime/output/run-output.ts';
import type { Work } from '../../runtime/work.ts';

const TICK_MS = 100;

/** Passes on what was put out, ten times a second. `onLines` gets the newest lines, as for a message. */
export function tellMeanwhile(
  output: RunOutput,
  work: Work,
  onLines: (lines: readonly string[]) => void = () => {},
): { finish(): KeptOutput } {
  const tell = () => {
    const batch = output.batch();
    if (batch !== undefined) work.output(`${batch}\n`);
    const lines = output.newestLines();
    if (lines.length > 0) onLines(lines);
  };
  const ticking = setInterval(tell, TICK_MS);
  return {
    finish() {
      clearInterval(ticking);
      const kept = output.finish();
      tell();
      return kept;
    },
  };
}
