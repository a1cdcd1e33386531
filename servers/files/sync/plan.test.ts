import { describe, expect, it } from 'vitest';
import { type Mode, planSync } from './plan.ts';
import type { Item, Tree } from './tree.ts';
import { verify } from './verify.ts';

/** Numbers that look random and are the same in every run. */
function randomFrom(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A small tree of a few names, so that two of them have much in common and much that differs. */
function randomTree(seed: number): Tree {
  const random = randomFrom(seed);
  const items = new Map<string, Item>();
  const fill = (prefix: string, depth: number) => {
    for (const name of ['a', 'b', 'c', 'd']) {
      const kind = (['none', 'file', 'file', 'folder', 'link', 'none'] as const)[random(6)]!;
      if (kind === 'none') continue;
      const path = prefix + name;
      items.set(path, {
        path,
        kind,
        size: kind === 'file' ? random(3) : 0,
        mtimeMs: 1_000 * random(3),
        mode: random(2) === 0 ? 0o644 : 0o600,
        names: 1,
        ...(kind === 'link' && { target: `t${random(2)}` }),
      });
      if (kind === 'folder' && depth < 3) fill(`${path}/`, depth + 1);
    }
  };
  fill('', 1);
  return { items, parts: [], unreadable: [] };
}

/** The destination after a plan was carried out. */
function applied(source: Tree, destination: Tree, mode: Mode): Tree {
  const plan = planSync(source, destination, { mode, checksum: false });
  const items = new Map(destination.items);
  for (const item of [
    ...plan.folders,
    ...plan.copies.map((copy) => copy.item),
    ...plan.links.map((link) => link.item),
  ])
    items.set(item.path, item);
  for (const { path, mode } of plan.modes) items.set(path, { ...items.get(path)!, mode });
  for (const item of plan.deletes) {
    const inside = [...items.keys()].filter((path) => path.startsWith(`${item.path}/`));
    expect(inside, `${item.path} is deleted after its content`).toEqual([]);
    items.delete(item.path);
  }
  return { items, parts: [], unreadable: [] };
}

const SEEDS = Array.from({ length: 400 }, (_, n) => n + 1);
const conflictsOf = (source: Tree, destination: Tree, mode: Mode) =>
  planSync(source, destination, { mode, checksum: false }).conflicts.map(({ path }) => path);
const isAtOrUnder = (path: string, tops: readonly string[]) =>
  tops.some((top) => path === top || path.startsWith(`${top}/`));

describe('for all trees', () => {
  it('a second plan has nothing to do', () => {
    for (const seed of SEEDS)
      for (const mode of ['update', 'mirror'] as const) {
        const source = randomTree(seed);
        const after = applied(source, randomTree(seed + 10_000), mode);
        const again = planSync(source, after, { mode, checksum: false });
        expect(
          [again.folders, again.copies, again.links, again.deletes, again.modes],
          `seed ${seed}, ${mode}`,
        ).toEqual([[], [], [], [], []]);
      }
  });

  it('a mirror holds the source and nothing else, but for conflicts', () => {
    for (const seed of SEEDS) {
      const [source, before] = [randomTree(seed), randomTree(seed + 10_000)];
      const conflicts = conflictsOf(source, before, 'mirror');
      const after = applied(source, before, 'mirror');
      const strip = (tree: Tree) =>
        [...tree.items.values()]
          .filter(({ path }) => !isAtOrUnder(path, conflicts))
          .map(({ path, kind, size, target }) => `${path} ${kind} ${size} ${target}`)
          .sort();
      expect(strip(after), `seed ${seed}`).toEqual(strip(source));
    }
  });

  it('an update takes nothing away, and nothing newer is replaced', () => {
    for (const seed of SEEDS) {
      const [source, before] = [randomTree(seed), randomTree(seed + 10_000)];
      const plan = planSync(source, before, { mode: 'update', checksum: false });
      expect(plan.deletes).toEqual([]);
      const after = applied(source, before, 'update');
      for (const [path, item] of before.items) {
        const now = after.items.get(path);
        expect(now?.kind, `seed ${seed}: ${path}`).toBe(item.kind);
        if (item.kind === 'file') expect(now!.mtimeMs).toBeGreaterThanOrEqual(item.mtimeMs);
      }
    }
  });

  it('every entry of the source is accounted for', () => {
    for (const seed of SEEDS) {
      const [source, before] = [randomTree(seed), randomTree(seed + 10_000)];
      const plan = planSync(source, before, { mode: 'mirror', checksum: false });
      const conflicts = plan.conflicts.map(({ path }) => path);
      const files = [...source.items.values()].filter(
        ({ kind, path }) => kind !== 'folder' && !isAtOrUnder(path, conflicts),
      );
      expect(plan.copies.length + plan.links.length + plan.same.length, `seed ${seed}`).toBe(files.length);
      const { wrong } = verify(applied(source, before, 'mirror'), {
        items: [...source.items.values()],
        excepted: new Set(
          [...source.items.keys(), ...before.items.keys()].filter((path) => isAtOrUnder(path, conflicts)),
        ),
        mode: 'mirror',
      });
      expect(wrong).toEqual([]);
    }
  });
});

it('compares what looks the same when hashes are asked for', () => {
  const tree = randomTree(3);
  const plan = planSync(tree, tree, { mode: 'update', checksum: true });
  expect(plan.copies.length).toBeGreaterThan(0);
  expect(plan.copies.every(({ ifDifferent }) => ifDifferent)).toBe(true);
});
