/** What a look at a file showed. */
export interface Seen {
  /** In bytes. */
  readonly size: number;
  readonly mtimeMs: number;
  /** The number of the file in its file system; another one after it was replaced. */
  readonly ino: number;
}

/** Whether two looks showed the same; two times that nothing was there are the same too. */
export function isSameSeen(a: Seen | undefined, b: Seen | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;
}
