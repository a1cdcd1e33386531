import { readFileSync } from 'node:fs';
import { parseCpu } from './parse-proc-use.ts';

/*
 * Linux adds the CPU time of every child that is over to its parent's account, with all that the child itself has
 * waited for. Node does not say what a single child has used, but the account grows by exactly that when one ends.
 */

let account = 0;
let ending: { count: number } | undefined;
let unseen = 0;

/** From now on only what ends later counts. */
export function startCounting(): void {
  if (ending === undefined) account = ofEndedChildren() ?? account;
}

/**
 * For a child whose exit is told later than it is put to the account: as long as it runs, no shares are told. Returns
 * what to call when its exit was told.
 */
export function countUnseen(): () => void {
  unseen++;
  return () => {
    unseen--;
    startCounting();
  };
}

/**
 * CPU seconds of the child whose exit was told in this turn. `undefined` when several ended in one turn, whose shares
 * cannot be told apart, or where the system does not say.
 */
export async function cpuOfEndedChild(): Promise<number | undefined> {
  const together = ending ?? { count: 0 };
  together.count++;
  if (ending === undefined) {
    ending = together;
    setImmediate(() => {
      ending = undefined;
    });
  }
  const now = ofEndedChildren();
  const grown = now === undefined ? undefined : now - account;
  account = now ?? account;
  await new Promise((resolve) => setImmediate(resolve));
  return together.count === 1 && unseen === 0 ? grown : undefined;
}

function ofEndedChildren(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  return parseCpu(readFileSync('/proc/self/stat', 'utf8'))?.ofChildren;
}
