import { mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { resolveInside } from '../../../runtime/folders.ts';
import { Refusal } from '../../../runtime/tool.ts';

/** The folder of a clone to be. */
export interface Destination {
  /** Absolute and real. */
  readonly path: string;
  /** Makes it, so that it is ours without doubt. */
  create(): void;
  /** Takes away what was made: the folder and its new parents, or what is in a folder that was there before. */
  remove(): void;
}

/**
 * @param wanted absolute or relative to the first folder; left out: named after the remote
 * @throws {Refusal} when it lies elsewhere, or something is there
 */
export function chooseDestination(
  wanted: string | undefined,
  url: string,
  folders: readonly string[],
): Destination {
  const name = wanted ?? nameOf(url);
  if (name === '') throw new Refusal('destination: the URL gives no name, so name a folder');
  const verdict = resolveInside(name, folders);
  if ('refused' in verdict) throw new Refusal(`destination: ${verdict.refused}`);
  const place = verdict.path;
  const content = contentOf(place);
  if (content !== undefined && content.length > 0)
    throw new Refusal(`destination: ${place} is there and not empty`);
  const wasThere = content !== undefined;
  let firstMade: string | undefined;
  return {
    path: place,
    create() {
      if (wasThere) return;
      firstMade = mkdirSync(path.dirname(place), { recursive: true });
      mkdirSync(place); // fails when somebody else made it meanwhile
    },
    remove() {
      if (wasThere)
        for (const name of readdirSync(place)) rmSync(path.join(place, name), { recursive: true });
      else rmSync(place, { recursive: true, force: true });
      if (firstMade !== undefined) removeEmpty(path.dirname(place), firstMade);
    },
  };
}

/** `https://example.org/team/a.git/` → `a` */
function nameOf(url: string): string {
  const last =
    url
      .replace(/[/\\]+$/, '')
      .split(/[/\\:]/)
      .at(-1) ?? '';
  const name = last.replace(/\.git$/, '').replace(/[?#].*$/, '');
  return /^\.*$/.test(name) ? '' : name;
}

function contentOf(place: string): string[] | undefined {
  try {
    return readdirSync(place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Refusal(`destination: ${place} is no folder that can be read`);
  }
}

/** Removes folders from `from` up to `until`, as long as they are empty. */
function removeEmpty(from: string, until: string): void {
  try {
    for (let place = from; place.startsWith(until); place = path.dirname(place)) rmdirSync(place);
  } catch {
    // somebody put something there meanwhile
  }
}
