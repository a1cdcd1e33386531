import { toMessage } from '../../runtime/output/clean.ts';
import type { Reading } from '../../runtime/progress/wire-scale.ts';
import { elapsed, NEW_SCALE, nudged, scaled, type WireProgress } from '../../runtime/progress/wire-scale.ts';
import { detect, NOTHING_DETECTED } from './detector.ts';

/** `notifications/progress` without its token. */
export interface ProgressUpdate extends WireProgress {
  readonly message?: string;
}

const TICK_MS = 1_000;
const SIGN_OF_LIFE_MS = 5_000;

/**
 * Makes progress out of the lines of one run. Has no timer: the owner asks `due` every 100 ms, which is also what
 * limits the rate. Times are milliseconds since the start of the run.
 */
export class ProgressMeter {
  #detected = NOTHING_DETECTED;
  #scale = NEW_SCALE;
  #reading: Reading | undefined;
  #message: string | undefined;
  #sentMessage: string | undefined;
  #sentAtMs = 0;
  #hasSent = false;

  /** Takes the newest lines, clean and not empty. */
  lines(lines: readonly string[]): void {
    for (const line of lines) {
      const { state, reading } = detect(this.#detected, line);
      this.#detected = state;
      if (reading) this.#reading = reading;
      this.#message = toMessage(line);
    }
  }

  /** What to send now, if anything. */
  due(nowMs: number): ProgressUpdate | undefined {
    if (this.#reading) {
      const update = this.#take(scaled(this.#scale, this.#reading), nowMs);
      this.#reading = undefined;
      if (update) return update;
    }
    const silentMs = nowMs - this.#sentAtMs;
    if (!this.#scale.reading) {
      if (silentMs < TICK_MS) return undefined;
      return this.#take(elapsed(this.#scale, Math.round(nowMs / 100) / 10), nowMs);
    }
    const hasNews = this.#message !== this.#sentMessage && silentMs >= TICK_MS;
    return hasNews || silentMs >= SIGN_OF_LIFE_MS ? this.#take(nudged(this.#scale), nowMs) : undefined;
  }

  /** The last state, to be sent before the result; nothing when nothing has changed or nothing was ever sent. */
  final(nowMs: number): ProgressUpdate | undefined {
    const update = this.#reading && this.#take(scaled(this.#scale, this.#reading), nowMs);
    if (update || !this.#hasSent || this.#message === this.#sentMessage) return update;
    const step = this.#scale.reading ? nudged(this.#scale) : elapsed(this.#scale, Math.round(nowMs) / 1_000);
    return this.#take(step, nowMs);
  }

  #take(step: ReturnType<typeof scaled>, nowMs: number): ProgressUpdate | undefined {
    this.#scale = step.scale;
    if (!step.wire) return undefined;
    this.#sentAtMs = nowMs;
    this.#sentMessage = this.#message;
    this.#hasSent = true;
    return this.#message === undefined ? step.wire : { ...step.wire, message: this.#message };
  }
}
