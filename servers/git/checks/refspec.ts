/** One line of `remote.NAME.fetch`. */
export interface Refspec {
  readonly from: string;
  readonly to: string;
}

/** `+refs/heads/*:refs/remotes/origin/*`. `undefined` for what keeps nothing here (no target, or an exclusion). */
export function parseRefspec(text: string): Refspec | undefined {
  const [, from, to] = /^\+?([^:^]+):(.+)$/.exec(text) ?? [];
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** Where a ref of the remote is kept here; `undefined` when it is not. */
export function trackingRef(ref: string, refspecs: readonly Refspec[]): string | undefined {
  for (const { from, to } of refspecs) {
    if (from === ref) return to;
    const [before, after] = from.split('*');
    if (after === undefined || before === undefined) continue;
    const fits = ref.startsWith(before) && ref.endsWith(after) && ref.length >= from.length - 1;
    if (fits) return to.replace('*', () => ref.slice(before.length, ref.length - after.length));
  }
  return undefined;
}
