import { toMessage } from '../../runtime/output/clean.ts';
import type { Progress } from '../../runtime/work.ts';
import { detect, NOTHING_DETECTED } from './detector.ts';

/** Reads progress out of the newest lines of one run. */
export class DetectedProgress {
  #detected = NOTHING_DETECTED;

  /** @param lines clean and not empty */
  read(lines: readonly string[]): Progress[] {
    return lines.map((line) => {
      const { state, reading } = detect(this.#detected, line);
      this.#detected = state;
      return { message: toMessage(line), ...reading };
    });
  }
}
