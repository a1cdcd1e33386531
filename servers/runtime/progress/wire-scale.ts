/** How far one phase is. `0 <= value <= total`, `total > 0`. */
export interface Reading {
  /** Names the phase, so that a later one that starts small again is told from one that goes backwards. */
  readonly phase: string;
  readonly value: number;
  readonly total: number;
}

/** The fields of `notifications/progress` that tell how far it is. Without `total` the work is indeterminate. */
export interface WireProgress {
  readonly progress: number;
  readonly total?: number;
}

/** What was sent so far, and how readings are scaled. */
export interface Scale {
  readonly sent: number;
  readonly factor: number;
  /** The newest reading that was sent, and the phases met so far. */
  readonly reading?: Reading;
  readonly phases: ReadonlySet<string>;
  /** What is done now has no known end, though something before it had one. */
  readonly isOpen?: boolean;
}

export const NEW_SCALE: Scale = { sent: 0, factor: 1, phases: new Set() };

const LARGEST = 1e15; // still exact in a double

type Step = { readonly scale: Scale; readonly wire?: WireProgress };

/** Seconds since the start, as long as nothing better is known. */
export function elapsed(scale: Scale, seconds: number): Step {
  if (scale.reading || seconds <= scale.sent) return { scale };
  return { scale: { ...scale, sent: seconds }, wire: { progress: seconds } };
}

/**
 * A reading on the wire. MCP wants `progress` to increase with every notification, while a second phase starts at
 * 1 % again. The way out: `progress` and `total` are multiplied by the same power of ten, just large enough, so the
 * value increases and the share stays the true one (after 100/100 comes 200/10000, which is 2 %). Only a new phase,
 * or one that begins anew after its end, may go back like that; within a phase a smaller value is not sent.
 */
export function scaled(scale: Scale, reading: Reading): Step {
  const share = reading.value / reading.total;
  const last = scale.reading;
  const isNewPhase = !scale.phases.has(reading.phase);
  const startsAgain = last !== undefined && last.value / last.total > 0.99 && share < 0.9;
  let factor = scale.factor;
  if (isNewPhase || startsAgain) {
    while (reading.value > 0 && reading.value * factor <= scale.sent) factor *= 10;
  }
  const progress = reading.value * factor;
  if (progress <= scale.sent || reading.total * factor > LARGEST) return { scale };
  const phases = isNewPhase ? new Set([...scale.phases, reading.phase]) : scale.phases;
  return {
    scale: { sent: progress, factor, reading, phases },
    wire: { progress, total: reading.total * factor },
  };
}

/**
 * A sign of life while the reading stays: larger by a hundred-millionth of the total, so that the share stays. At
 * the end of a phase what follows has no known total, so none is sent.
 */
export function nudged(scale: Scale): Step {
  const { reading, factor } = scale;
  if (!reading) return { scale };
  const total = reading.total * factor;
  const progress = scale.sent + total * 1e-8;
  const hasNoEnd = scale.isOpen || progress >= total;
  return { scale: { ...scale, sent: progress }, wire: hasNoEnd ? { progress } : { progress, total } };
}
