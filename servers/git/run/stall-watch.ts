import { signsOfLife } from './signs-of-life.ts';

/** Watches for silence: neither output of a process group nor bytes that it reads or writes. */
export class StallWatch {
  readonly #stallMs: number;
  readonly #onSilence: (silentMs: number) => void;
  readonly #onStall: (silentMs: number) => void;
  readonly #tickMs: number;
  readonly #ticking: NodeJS.Timeout;
  #group: number | undefined;
  #signs: string | undefined;
  #lastMs = performance.now();
  #pauses = 0;

  /**
   * @param stallMs how long it may be silent; 0: for ever
   * @param onSilence told again and again while it is silent
   * @param onStall told once, when it has been silent for too long
   */
  constructor(stallMs: number, onSilence: (silentMs: number) => void, onStall: (silentMs: number) => void) {
    this.#stallMs = stallMs;
    this.#onSilence = onSilence;
    this.#onStall = onStall;
    this.#tickMs = tickMs(stallMs);
    this.#ticking = setInterval(() => this.#look(), this.#tickMs);
  }

  watch(group: number): void {
    this.#group = group;
  }

  heard(): void {
    this.#lastMs = performance.now();
  }

  /** While a person is asked, silence means nothing. */
  async pausedFor<T>(work: Promise<T>): Promise<T> {
    this.#pauses++;
    try {
      return await work;
    } finally {
      this.#pauses--;
      this.heard();
    }
  }

  close(): void {
    clearInterval(this.#ticking);
  }

  #look(): void {
    if (this.#pauses > 0) this.heard();
    // While it talks nobody has to look closer, and what it has read until now says nothing about the silence.
    if (performance.now() - this.#lastMs < this.#tickMs) {
      this.#signs = undefined;
      return;
    }
    const signs = this.#group === undefined ? undefined : signsOfLife(this.#group);
    if (this.#signs !== undefined && signs !== this.#signs) this.heard();
    this.#signs = signs;
    const silentMs = performance.now() - this.#lastMs;
    if (this.#stallMs > 0 && silentMs >= this.#stallMs) {
      this.close();
      this.#onStall(silentMs);
    } else if (silentMs >= noticeMs(this.#stallMs)) this.#onSilence(silentMs);
  }
}

const tickMs = (stallMs: number): number =>
  stallMs > 0 ? Math.min(1_000, Math.max(50, stallMs / 6)) : 1_000;
const noticeMs = (stallMs: number): number => (stallMs > 0 ? Math.min(5_000, stallMs / 3) : 5_000);
