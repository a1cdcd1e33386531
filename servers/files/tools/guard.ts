import { realpathSync } from 'node:fs';
import { Refusal } from '../../runtime/tool.ts';
import type { Place } from '../place/place.ts';
import { isWithin } from '../sync/busy.ts';

/** @throws {Refusal} when a configured folder is this place, or would go with it */
export function refuseConfigured(field: string, { path }: Place, folders: readonly string[]): void {
  for (const folder of folders) {
    const real = realOf(folder);
    if (real !== undefined && isWithin(real, path))
      throw new Refusal(`${field}: ${real} is a configured folder, which stays where it is`);
  }
}

function realOf(folder: string): string | undefined {
  try {
    return realpathSync(folder);
  } catch {
    return undefined;
  }
}
