import path from 'node:path';

/** Folders that something is written into at the moment, so that two syncs do not work against each other. */
export class BusyFolders {
  readonly #busy = new Set<string>();

  /** @returns what ends it; `undefined` when something works in this folder, in one above or in one below */
  take(folder: string): Disposable | undefined {
    for (const other of this.#busy) if (isWithin(folder, other) || isWithin(other, folder)) return undefined;
    this.#busy.add(folder);
    return { [Symbol.dispose]: () => void this.#busy.delete(folder) };
  }
}

/** Whether `inner` is `outer` or lies in it; both real and absolute. */
export function isWithin(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return (
    relative === '' ||
    (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative))
  );
}
