import { describe, expect, it } from 'vitest';
import { elapsed, NEW_SCALE, nudged, type Scale, scaled, type WireProgress } from './wire-scale.ts';

const follow = (steps: ((scale: Scale) => { scale: Scale; wire?: WireProgress })[]): WireProgress[] => {
  let scale = NEW_SCALE;
  return steps.flatMap((take) => {
    const step = take(scale);
    scale = step.scale;
    return step.wire ? [step.wire] : [];
  });
};
const at = (phase: string, value: number, total: number) => (scale: Scale) =>
  scaled(scale, { phase, value, total });
const passed = (seconds: number) => (scale: Scale) => elapsed(scale, seconds);

describe('the progress on the wire', () => {
  it('is the plain reading where that increases', () => {
    expect(follow([at('a', 1, 7), at('a', 2, 7)])).toEqual([
      { progress: 1, total: 7 },
      { progress: 2, total: 7 },
    ]);
  });

  it('increases over phases and stays the true share', () => {
    const wire = follow([
      at('a', 100, 100),
      at('b', 0, 100),
      at('b', 2, 100),
      at('b', 3, 100),
      at('c', 1, 2),
    ]);
    expect(wire).toEqual([
      { progress: 100, total: 100 },
      { progress: 200, total: 10_000 },
      { progress: 300, total: 10_000 },
      { progress: 1_000, total: 2_000 },
    ]);
  });

  it('goes from elapsed seconds to a share', () => {
    expect(follow([passed(1), passed(2), passed(7.5), at('a', 3, 100), passed(9)])).toEqual([
      { progress: 1 },
      { progress: 2 },
      { progress: 7.5 },
      { progress: 30, total: 1_000 },
    ]);
  });

  it('does not go back within a phase, nor to an earlier one', () => {
    const wire = follow([
      at('a', 50, 100),
      at('a', 40, 100),
      at('b', 10, 100),
      at('a', 45, 100),
      at('a', 51, 100),
    ]);
    expect(wire).toEqual([
      { progress: 50, total: 100 },
      { progress: 100, total: 1_000 },
      { progress: 450, total: 1_000 },
      { progress: 510, total: 1_000 },
    ]);
  });

  it('lets a phase begin anew after its end', () => {
    expect(follow([at('a', 100, 100), at('a', 1, 100), at('a', 2, 100)])).toEqual([
      { progress: 100, total: 100 },
      { progress: 1_000, total: 100_000 },
      { progress: 2_000, total: 100_000 },
    ]);
  });

  it('gives a sign of life that does not move the share', () => {
    const [first, second] = follow([at('a', 45, 100), nudged]);
    expect(second!.progress).toBeGreaterThan(first!.progress);
    expect(second!.progress / second!.total!).toBeCloseTo(0.45, 6);
  });

  it('claims no total once the phase is over', () => {
    expect(follow([at('a', 3, 3), nudged])[1]).toEqual({ progress: expect.closeTo(3, 6) });
  });

  it('always increases, whatever comes', () => {
    let seed = 7;
    const chance = () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const steps = Array.from({ length: 5_000 }, () => {
      const kind = chance();
      if (kind < 0.1) return passed(Math.floor(chance() * 1_000));
      if (kind < 0.2) return nudged;
      const total = 1 + Math.floor(chance() * 1_000);
      return at(String(Math.floor(chance() * 9)), Math.floor(chance() * (total + 1)), total);
    });
    const wire = follow(steps);
    expect(wire.length).toBeGreaterThan(300);
    for (const [index, { progress, total }] of wire.entries()) {
      if (index > 0) expect(progress).toBeGreaterThan(wire[index - 1]!.progress);
      if (total !== undefined) expect(progress).toBeLessThanOrEqual(total);
    }
  });
});
