import type { Progress } from '../../runtime/work.ts';
import { counted, inBytes } from '../place/amounts.ts';
import { makeFolders as openMade } from '../place/make-folders.ts';
import type { OpenFolder } from '../place/open-folder.ts';
import { openFolder, type Place } from '../place/place.ts';
import { shown } from '../place/shown.ts';
import { finishFolders, makeFolders, makeLinks, ownLinks, removeItems, setModes } from './apply.ts';
import type { CopyThreads } from './copy-threads.ts';
import { Crew } from './crew.ts';
import type { BatchDone } from './messages.ts';
import { type Conflict, type Mode, type Plan, planSync } from './plan.ts';
import { type Problem, Problems } from './problems.ts';
import { amountOf, EMPTY_TREE, type Item, partsOf, scanTree, type Tree } from './tree.ts';
import { type Verification, verify } from './verify.ts';

export interface SyncRequest {
  readonly source: Place;
  readonly destination: Place;
  /** False when it has to be made. */
  readonly isDestinationThere: boolean;
  readonly mode: Mode;
  readonly dryRun: boolean;
  readonly checksum: boolean;
  readonly durable: boolean;
}

/** How a sync ended. */
export interface SyncReport {
  readonly source: Tree;
  readonly plan: Plan;
  /** Absent after a dry run, and when it was stopped before anything was done. */
  readonly done?: {
    readonly copies: readonly BatchDone[];
    readonly folders: number;
    readonly links: number;
    readonly deleted: readonly Item[];
    /** Why nothing was deleted although there was something to delete. */
    readonly keptBecause?: string;
  };
  readonly conflicts: readonly Conflict[];
  readonly failed: readonly Problem[];
  /** Absent after a dry run or a stop. */
  readonly verification?: Verification;
}

/** The part of a piece of work that a sync needs. */
export interface SyncWork {
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
}

/** Looks at both sides, plans, copies, deletes (a mirror, after every copy has succeeded), and looks again. */
export async function runSync(
  request: SyncRequest,
  work: SyncWork,
  threads: CopyThreads,
): Promise<SyncReport> {
  const { mode, checksum, dryRun, durable } = request;
  const problems = new Problems();
  using source = openFolder(request.source);
  if (dryRun && !request.isDestinationThere)
    return planned(await scan(source, 'source', work), EMPTY_TREE, { mode, checksum });
  using destination = dryRun ? openFolder(request.destination) : openMade(request.destination).folder;
  const crew = dryRun
    ? undefined
    : new Crew({
        source,
        destination,
        threads,
        durable,
        signal: work.signal,
        tell: (now) => work.progress(progressOf(now, totals)),
      });
  using _crew = crew;
  const [tree, there] = [await scan(source, 'source', work), await scan(destination, 'destination', work)];
  const report = planned(tree, there, { mode, checksum });
  const { plan } = report;
  const totals = amountOf(plan.copies.map(({ item }) => item));
  if (crew === undefined || work.signal.aborted) return report;
  for (const { path, reason } of there.unreadable) problems.add(path, `in the destination: ${reason}`);

  const ends = { source, destination, problems, signal: work.signal };
  const folders = await makeFolders(plan.folders, ends);
  const jobs = plan.copies.map(({ item: { path, size }, ifDifferent }) => ({ path, size, ifDifferent }));
  const copies = await crew.copy(jobs);
  const links = await makeLinks(plan.links, ends);
  await ownLinks(plan.links, ends);
  await setModes(plan.modes, ends);
  const met = copies.flatMap((batch) => batch.problems);
  const conflicts = [...plan.conflicts, ...met.filter(({ isConflict }) => isConflict)];
  const notCopied = met.filter(({ isConflict }) => !isConflict).map(({ path, reason }) => ({ path, reason }));
  const failed = () => [...tree.unreadable, ...notCopied, ...problems.list];
  const keptBecause = whyKept(work.signal, failed().length, met.length);
  const extras = keptBecause === undefined ? plan.deletes : [];
  if (extras.length > 0)
    work.progress({ phase: 'deleting', message: `deleting ${counted(extras.length, 'entry')}` });
  const deleted = await removeItems(destination, extras, ends);
  // Most partial copies are gone, because they became whole; so what is not found is no failure.
  if (keptBecause === undefined && mode === 'mirror')
    await removeItems(destination, partsOf(there), { ...ends, problems: new Problems() });
  const finished = mode === 'mirror' ? foldersOf(tree) : plan.folders;
  await finishFolders(finished, ends);
  const done = {
    copies,
    folders,
    links,
    deleted,
    ...(keptBecause !== undefined && plan.deletes.length > 0 && { keptBecause }),
  };
  const result = { ...report, done, conflicts, failed: failed() };
  if (work.signal.aborted) return result;

  const after = await scan(destination, 'copy', work);
  return { ...result, verification: verify(after, expectation(result, there, mode)) };
}

const planned = (source: Tree, destination: Tree, options: { mode: Mode; checksum: boolean }): SyncReport => {
  const plan = planSync(source, destination, options);
  return { source, plan, conflicts: plan.conflicts, failed: source.unreadable };
};

function scan(folder: OpenFolder, which: 'source' | 'destination' | 'copy', work: SyncWork): Promise<Tree> {
  const phase = which === 'copy' ? 'verifying' : 'scanning';
  const met = (entries: number, path: string) =>
    work.progress({
      phase: `${phase} the ${which}`,
      value: entries,
      unit: 'entries',
      message: `${phase} the ${which}: ${shown(path)}`,
    });
  return scanTree(folder, { signal: work.signal, met });
}

type Now = { readonly files: number; readonly bytes: number; readonly path: string };

function progressOf(
  { files, bytes, path }: Now,
  total: { readonly files: number; readonly bytes: number },
): Progress {
  const message = `${files.toLocaleString('en')} of ${counted(total.files, 'file')}, ${inBytes(bytes)} of ${inBytes(total.bytes)}, ${shown(path)}`;
  return total.bytes === 0
    ? { phase: 'copying', value: files, total: total.files, unit: 'files', message }
    : { phase: 'copying', value: Math.min(bytes, total.bytes), total: total.bytes, unit: 'bytes', message };
}

function whyKept(signal: AbortSignal, failed: number, met: number): string | undefined {
  if (signal.aborted) return 'it was stopped';
  return failed + met > 0 ? 'not everything could be copied' : undefined;
}

const foldersOf = (tree: Tree): Item[] => [...tree.items.values()].filter(({ kind }) => kind === 'folder');

function expectation({ source, conflicts, failed, plan, done }: SyncReport, there: Tree, mode: Mode) {
  const sizes = new Map(done?.copies.flatMap((batch) => batch.sizes));
  const items = [...source.items.values()]
    .filter(({ kind }) => kind !== 'other')
    .map((item) => ({ ...item, size: sizes.get(item.path) ?? item.size }));
  const isFolder = (path: string) => [source, there].some((tree) => tree.items.get(path)?.kind === 'folder');
  const blocked = conflicts.filter(({ path }) => isFolder(path)).map(({ path }) => `${path}/`);
  const isBlocked = (path: string) => blocked.some((folder) => path.startsWith(folder));
  const below = [...source.items.keys(), ...there.items.keys()].filter(isBlocked);
  const kept = done?.keptBecause === undefined ? [] : plan.deletes.map(({ path }) => path);
  const excepted = new Set([...[...conflicts, ...failed].map(({ path }) => path), ...below, ...kept]);
  return { items, excepted, mode };
}
