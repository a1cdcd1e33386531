import { setInterval } from 'node:timers';
import type { KeptOutput } from '../../runtime/output/capped-output.ts';
import type { RunOutput } from '../../runtime/output/run-output.ts';
import type { Work } from '../../runtime/work.ts';

const TICK_MS = 100;

/** Passes on what was put out, ten times a second. `onTick` may tell how far it is. */
export function tellMeanwhile(output: RunOutput, work: Work, onTick: () => void): { finish(): KeptOutput } {
  const tell = () => {
    const batch = output.batch();
    if (batch !== undefined) work.output(`${batch}\n`);
    onTick();
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
