/** Chance that comes out the same each time for the same seed (mulberry32). */
export interface Random {
  /** 0 to 1. */
  next(): number;
  /** 0 to `below` - 1. */
  below(below: number): number;
  of<T>(values: readonly T[]): T;
}

export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { next, below, of: (values) => values[below(values.length)] as (typeof values)[number] };
}
