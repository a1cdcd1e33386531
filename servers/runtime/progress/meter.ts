import type { Progress } from '../work.ts';
import { elapsed, NEW_SCALE, nudged, type Reading, scaled, type WireProgress } from './wire-scale.ts';

/** Where the true numbers stand, beside those that MCP wants to increase; read by hosts that know it. */
export const PROGRESS_META = 'meanwhile/progress';

/** `notifications/progress` without its token. */
export interface ProgressUpdate extends WireProgress {
  readonly message?: string;
  readonly _meta?: { readonly [PROGRESS_META]: Omit<Progress, 'message'> };
}

const TICK_MS = 1_000;
const SIGN_OF_LIFE_MS = 5_000;

/**
 * Makes notifications of what a tool tells. Has no timer: the owner asks `due` every 100 ms, which is also what
 * limits the rate. Times are milliseconds since the start of the work.
 */
export class ProgressMeter {
  #scale = NEW_SCALE;
  #newest: Progress = {};
  #reading: Reading | undefined;
  #sentMessage: string | undefined;
  #sentAtMs = 0;
  #hasSent = false;

  /** Takes a new state. A message alone leaves the numbers as they are, numbers alone the message. */
  set(progress: Progress): void {
    const { message = this.#newest.message, value, total, phase = '' } = progress;
    if (value === undefined) {
      if (message !== undefined) this.#newest = { ...this.#newest, message };
      return;
    }
    this.#newest = { ...progress, ...(message !== undefined && { message }) };
    const isShare = total !== undefined && total > 0 && value >= 0 && value <= total;
    this.#reading = isShare ? { phase, value, total } : undefined;
    if (!isShare && this.#scale.reading) this.#scale = { ...this.#scale, isOpen: true };
  }

  /** The newest state as the tool told it. */
  get newest(): Progress {
    return this.#newest;
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
    const hasNews = this.#newest.message !== this.#sentMessage && silentMs >= TICK_MS;
    return hasNews || silentMs >= SIGN_OF_LIFE_MS ? this.#take(nudged(this.#scale), nowMs) : undefined;
  }

  /** The last state, to be sent before the result; nothing when nothing has changed or nothing was ever sent. */
  final(nowMs: number): ProgressUpdate | undefined {
    const update = this.#reading && this.#take(scaled(this.#scale, this.#reading), nowMs);
    this.#reading = undefined;
    if (update || !this.#hasSent || this.#newest.message === this.#sentMessage) return update;
    const step = this.#scale.reading ? nudged(this.#scale) : elapsed(this.#scale, Math.round(nowMs) / 1_000);
    return this.#take(step, nowMs);
  }

  #take(step: ReturnType<typeof scaled>, nowMs: number): ProgressUpdate | undefined {
    this.#scale = step.scale;
    if (!step.wire) return undefined;
    this.#sentAtMs = nowMs;
    this.#hasSent = true;
    const { message, ...numbers } = this.#newest;
    this.#sentMessage = message;
    return {
      ...step.wire,
      ...(message !== undefined && { message }),
      ...(numbers.value !== undefined && { _meta: { [PROGRESS_META]: numbers } }),
    };
  }
}
