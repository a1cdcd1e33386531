import type { Mode } from './plan.ts';
import { type Amount, amountOf, type Item, type Tree } from './tree.ts';

export interface Expected {
  /** What has to be in the destination, with the size that it had when it was copied. */
  readonly items: readonly Item[];
  /** Paths that may differ: conflicts and what could not be copied are told on their own. */
  readonly excepted: ReadonlySet<string>;
  readonly mode: Mode;
}

export interface Verification {
  /** Files of the source that are in the destination with the right size. */
  readonly found: Amount;
  readonly wrong: readonly { readonly path: string; readonly reason: string }[];
}

/** Compares what was found in the destination at the end with what has to be there. Pure. */
export function verify(destination: Tree, { items, excepted, mode }: Expected): Verification {
  const wrong: { path: string; reason: string }[] = [];
  const found: Item[] = [];
  for (const item of items) {
    if (excepted.has(item.path)) continue;
    const there = destination.items.get(item.path);
    const reason = differenceOf(item, there);
    if (reason === undefined) found.push(item);
    else wrong.push({ path: item.path, reason });
  }
  if (mode === 'mirror') {
    const wanted = new Set(items.map(({ path }) => path));
    for (const { path } of destination.items.values())
      if (!wanted.has(path) && !excepted.has(path)) wrong.push({ path, reason: 'is not in the source' });
  }
  return { found: amountOf(found), wrong };
}

function differenceOf(item: Item, there: Item | undefined): string | undefined {
  if (there === undefined) return 'is not in the destination';
  if (there.kind !== item.kind) return `is a ${there.kind} in the destination`;
  if (there.size !== item.size) return `has ${there.size} instead of ${item.size} bytes`;
  return there.target === item.target ? undefined : 'points elsewhere';
}
