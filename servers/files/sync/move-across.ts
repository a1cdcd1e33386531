import { mkdirSync, readlinkSync, renameSync, rmdirSync, type Stats, symlinkSync, unlinkSync } from 'node:fs';
import { makeFolders } from '../place/make-folders.ts';
import type { OpenFolder } from '../place/open-folder.ts';
import { partName } from '../place/part-name.ts';
import { openFolder, type Place } from '../place/place.ts';
import { shown } from '../place/shown.ts';
import { putWithoutReplacing } from '../place/write-whole.ts';
import { removeItems } from './apply.ts';
import type { CopyThreads } from './copy-threads.ts';
import { Crew } from './crew.ts';
import { isSame } from './plan.ts';
import { type Problem, Problems } from './problems.ts';
import { runSync, type SyncWork } from './run-sync.ts';
import { type Item, partsOf, scanTree } from './tree.ts';

const CHANGED = 'it changed after it was copied';

/** One end of a move: the folder, held open, the name in it, and where the folder is. */
export interface End {
  readonly folder: OpenFolder;
  readonly name: string;
  readonly parent: Place;
}

export type MoveOutcome =
  | { readonly type: 'moved'; readonly left: readonly Problem[] }
  /** Nothing was taken away; what is copied stays in the folder `staging`, from where the same move goes on. */
  | { readonly type: 'stopped' | 'failed'; readonly staging: string; readonly problems: readonly Problem[] };

/**
 * Moves between file systems: copies into a folder beside the new place, checks, renames, and then takes the source
 * away.
 */
export async function moveAcross(
  from: End,
  to: End,
  replace: boolean,
  work: SyncWork,
  threads: CopyThreads,
): Promise<MoveOutcome> {
  const kind = from.folder.lstat(from.name);
  if (kind?.isSymbolicLink()) return moveLink(from, to, replace);
  const stagingName = partName(to.name);
  const staging: Place = { path: `${to.parent.path}/${stagingName}`, root: to.parent.root };
  try {
    mkdirSync(to.folder.entry(stagingName), { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const source: Place = { path: `${from.parent.path}/${from.name}`, root: from.parent.root };
  const { problems, copied } = kind?.isDirectory()
    ? await copyFolder(source, { ...staging, path: `${staging.path}/${from.name}` }, work, threads)
    : { problems: await copyOne(from, staging, kind?.size ?? 0, work, threads), copied: [] };
  if (work.signal.aborted) return { type: 'stopped', staging: staging.path, problems };
  if (problems.length > 0) return { type: 'failed', staging: staging.path, problems };

  using staged = openFolder(staging);
  if (replace || kind?.isDirectory()) renameSync(staged.entry(from.name), to.folder.entry(to.name));
  else putWithoutReplacing(staged, from.name, to.name, to.folder);
  rmdirSync(to.folder.entry(stagingName));
  const left = new Problems();
  if (kind?.isDirectory()) {
    await removeCopied(from, copied, left);
    left.try(from.name, () => rmdirSync(from.folder.entry(from.name)));
  } else if (kind && isSameFile(kind, from.folder.lstat(from.name))) unlinkSync(from.folder.entry(from.name));
  else left.add(from.name, CHANGED);
  return { type: 'moved', left: left.list };
}

/** Takes away what was copied and is still as it was; what came or changed since stays. */
async function removeCopied(from: End, copied: readonly Item[], left: Problems): Promise<void> {
  using moved = from.folder.folder(from.name);
  const { signal } = new AbortController();
  const now = await scanTree(moved, { signal, met: () => {} });
  const isUnchanged = (item: Item) => {
    const there = now.items.get(item.path);
    return (
      there === undefined || (there.kind === item.kind && (item.kind === 'folder' || isSame(item, there)))
    );
  };
  for (const item of copied) if (!isUnchanged(item)) left.add(item.path, CHANGED);
  await removeItems(moved, [...copied.filter(isUnchanged), ...partsOf(now)].reverse(), {
    problems: left,
    signal,
  });
}

const isSameFile = (before: Stats, now: Stats | undefined): boolean =>
  now?.ino === before.ino && now.size === before.size && now.mtimeMs === before.mtimeMs;

async function copyFolder(
  source: Place,
  destination: Place,
  work: SyncWork,
  threads: CopyThreads,
): Promise<{ readonly problems: readonly Problem[]; readonly copied: readonly Item[] }> {
  makeFolders(destination).folder.close();
  const options = { mode: 'mirror', dryRun: false, checksum: false, durable: true } as const;
  const report = await runSync({ source, destination, isDestinationThere: true, ...options }, work, threads);
  const special = report.plan.special.map(({ path }) => ({ path, reason: 'it is a pipe, socket or device' }));
  const problems = [...report.failed, ...report.conflicts, ...special, ...(report.verification?.wrong ?? [])];
  return { problems, copied: [...report.source.items.values()] };
}

async function copyOne(
  from: End,
  staging: Place,
  size: number,
  work: SyncWork,
  threads: CopyThreads,
): Promise<readonly Problem[]> {
  using destination = openFolder(staging);
  using crew = new Crew(
    {
      source: from.folder,
      destination,
      threads,
      durable: true,
      signal: work.signal,
      tell: ({ bytes, path }) =>
        work.progress({
          phase: 'copying',
          value: Math.min(bytes, size),
          total: size,
          unit: 'bytes',
          message: shown(path),
        }),
    },
    1,
  );
  const done = await crew.copy([{ path: from.name, size, ifDifferent: false }]);
  return done.flatMap(({ problems }) => problems);
}

function moveLink(from: End, to: End, replace: boolean): MoveOutcome {
  const part = partName(to.name);
  symlinkSync(readlinkSync(from.folder.entry(from.name)), to.folder.entry(part));
  if (replace) renameSync(to.folder.entry(part), to.folder.entry(to.name));
  else putWithoutReplacing(to.folder, part, to.name);
  unlinkSync(from.folder.entry(from.name));
  return { type: 'moved', left: [] };
}
