import { readFileSync } from 'node:fs';

let known: string | undefined;

/** Linux: names this run of the machine, so that a start time of an earlier one is never taken for one of now. */
export function bootId(): string {
  known ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return known;
}
