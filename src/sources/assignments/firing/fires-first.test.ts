import { expect, it } from 'vitest';
import { firesFirst } from './fires-first.ts';

const roster = (id: string, here: string[]) => ({ id, here: () => here });

it('a host that is alone fires all', () => {
  expect(firesFirst(undefined, 'asg_1')).toBe(true);
  expect(firesFirst(roster('a', ['a']), 'asg_1')).toBe(true);
});

it('of several hosts exactly one is first for each assignment, and each has its share', () => {
  const here = ['a', 'b', 'c'];
  const shares = new Map(here.map((id) => [id, 0]));
  for (let n = 0; n < 300; n++) {
    const first = here.filter((id) => firesFirst(roster(id, here), `asg_${n}`));
    expect(first).toHaveLength(1);
    shares.set(first[0]!, shares.get(first[0]!)! + 1);
  }
  for (const share of shares.values()) expect(share).toBeGreaterThan(60);
});
