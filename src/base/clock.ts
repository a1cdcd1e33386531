/** Time as a passenger: whoever needs it is handed a clock, and a test hands in one that it moves by hand. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Runs `task` once after `delayMs`; the returned function calls it off. Never keeps the process alive alone. */
  after(delayMs: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** The clock's time as ISO 8601 UTC. */
export const isoNow = (clock: Clock): string => new Date(clock.now()).toISOString();
