import * as z from 'zod';
import { counted, inBytes } from '../place/amounts.ts';
import { shown } from '../place/shown.ts';
import type { SyncReport, SyncRequest } from './run-sync.ts';
import { type Amount, amountOf } from './tree.ts';

const MOST_LISTED = 100;
const VERIFIED =
  'Each copied file was read back from the destination right after it was written and its XXH64 compared with that ' +
  'of what was read from the source; at the end every file was counted in the destination with its size. What was ' +
  'the same before was compared by size and time only.';
const VERIFIED_ALL =
  'Each file was read back from the destination and its XXH64 compared with that of the source; at the end every ' +
  'file was counted in the destination with its size.';

const AMOUNT = z.object({ files: z.int().nonnegative(), bytes: z.int().nonnegative() });
const LISTED = z.array(z.object({ path: z.string(), reason: z.string() }));

export const SYNC_OUTPUT = z.object({
  source: z.string().describe('The folder that was read, as it really is called'),
  destination: z.string().describe('The folder that was written, as it really is called'),
  mode: z.enum(['mirror', 'update']).describe('As asked for'),
  dryRun: z.boolean().describe('Nothing was changed; it was only looked'),
  total: AMOUNT.describe('All files of the source'),
  toCopy: AMOUNT.describe('What had to be copied according to the plan'),
  copied: AMOUNT.describe('What was copied; 0 in a dry run'),
  resumedBytes: z.int().nonnegative().describe('Of the copied bytes, those taken over from partial copies'),
  same: z.int().nonnegative().describe('Files and links that were the same already'),
  links: z.int().nonnegative().describe('Links made, as links'),
  folders: z.int().nonnegative().describe('Folders made'),
  deleted: AMOUNT.extend({ folders: z.int().nonnegative() }).describe(
    'What a mirror took away (in a dry run: would take away)',
  ),
  conflicts: LISTED.describe('Left as they are in the destination, at most 100'),
  conflictCount: z.int().nonnegative().describe('How many conflicts there are in all'),
  failed: LISTED.describe('Could not be copied, at most 100'),
  failedCount: z.int().nonnegative().describe('How many could not be copied or deleted in all'),
  wrong: LISTED.describe('Found to be wrong in the destination at the end, at most 100'),
  wrongCount: z.int().nonnegative().describe('How many are not as they should be in all'),
  hardLinks: z
    .int()
    .nonnegative()
    .describe('Files with several names; each name was copied as a file of its own'),
  special: z.int().nonnegative().describe('Pipes, sockets and devices, which are not copied'),
  actions: z.array(z.string()).describe('Of a dry run, at most 100: what it would do'),
  actionCount: z.int().nonnegative().describe('Of a dry run: how many actions there would be in all'),
  verified: z
    .object({ how: z.string().describe('What was compared with what'), ...AMOUNT.shape })
    .optional()
    .describe('What is in the destination, by evidence; absent after a dry run or a stop'),
  durationMs: z.int().nonnegative().describe('From the beginning to the end, in milliseconds'),
});

export type SyncData = z.infer<typeof SYNC_OUTPUT>;

/** A report as data; long lists are cut, their counts are whole. */
export function toData(report: SyncReport, request: SyncRequest, durationMs: number): SyncData {
  const { source, plan, done, conflicts, failed, verification } = report;
  const items = [...source.items.values()];
  const sum = (of: (batch: NonNullable<typeof done>['copies'][number]) => number) =>
    done?.copies.reduce((total, batch) => total + of(batch), 0) ?? 0;
  const deleted = done?.deleted ?? (request.dryRun ? plan.deletes : []);
  const actions = request.dryRun ? actionsOf(report) : [];
  const wrong = verification?.wrong ?? [];
  return {
    source: request.source.path,
    destination: request.destination.path,
    mode: request.mode,
    dryRun: request.dryRun,
    total: amountOf(items),
    toCopy: amountOf(plan.copies.map(({ item }) => item)),
    copied: { files: sum(({ copied }) => copied), bytes: sum(({ copiedBytes }) => copiedBytes) },
    resumedBytes: sum(({ resumedBytes }) => resumedBytes),
    same: plan.same.length + sum(({ same }) => same),
    links: done?.links ?? 0,
    folders: done?.folders ?? 0,
    deleted: { ...amountOf(deleted), folders: deleted.filter(({ kind }) => kind === 'folder').length },
    conflicts: conflicts.slice(0, MOST_LISTED).map(({ path, reason }) => ({ path, reason })),
    conflictCount: conflicts.length,
    failed: failed.slice(0, MOST_LISTED).map(({ path, reason }) => ({ path, reason })),
    failedCount: failed.length,
    wrong: wrong.slice(0, MOST_LISTED).map(({ path, reason }) => ({ path, reason })),
    wrongCount: wrong.length,
    hardLinks: items.filter(({ kind, names }) => kind === 'file' && names > 1).length,
    special: plan.special.length,
    actions: actions.slice(0, MOST_LISTED),
    actionCount: actions.length,
    ...(verification && {
      verified: { how: request.checksum ? VERIFIED_ALL : VERIFIED, ...verification.found },
    }),
    durationMs: Math.round(durationMs),
  };
}

function actionsOf({ plan: { folders, copies, links, deletes, modes } }: SyncReport): string[] {
  return [
    ...folders.map(({ path }) => `make folder ${path}`),
    ...copies.map(({ item, replaces, ifDifferent }) =>
      ifDifferent
        ? `compare ${item.path}, ${inBytes(item.size)}`
        : `${replaces ? 'replace' : 'copy'} ${item.path}, ${inBytes(item.size)}`,
    ),
    ...links.map(({ item, replaces }) => `${replaces ? 'replace link' : 'make link'} ${item.path}`),
    ...modes.map(({ path }) => `set permissions of ${path}`),
    ...deletes.map(({ path }) => `delete ${path}`),
  ];
}

/** The same for people: a summary in the first line, then what needs attention. */
export function toText(data: SyncData, report: SyncReport, isStopped: boolean): string {
  const amount = ({ files, bytes }: Amount) => `${counted(files, 'file')} (${inBytes(bytes)})`;
  const lists = [
    ...listed('Conflict, left as it is', data.conflicts, data.conflictCount),
    ...listed('Failed', data.failed, data.failedCount),
    ...listed('Wrong at the end', data.wrong, data.wrongCount),
  ];
  if (data.dryRun) {
    const cut = data.actionCount - data.actions.length;
    return [
      `Would copy ${amount(data.toCopy)} of ${amount(data.total)} and delete ${amount(data.deleted)}; ${counted(data.same, 'entry')} the same. Nothing was changed.`,
      ...data.actions.map(shown),
      ...(cut > 0 ? [`… and ${counted(cut, 'more action')}`] : []),
      ...lists,
    ].join('\n');
  }
  const parts = [
    `${isStopped ? 'Stopped: copied' : 'Copied'} ${amount(data.copied)} of ${amount(data.toCopy)}`,
  ];
  if (data.resumedBytes > 0) parts.push(`${inBytes(data.resumedBytes)} of it from a partial copy`);
  if (data.same > 0) parts.push(`${counted(data.same, 'entry')} the same before`);
  if (data.deleted.files + data.deleted.folders > 0)
    parts.push(`deleted ${amount(data.deleted)} and ${counted(data.deleted.folders, 'folder')}`);
  const notes = [`${parts.join(', ')}.`];
  if (data.verified)
    notes.push(`Verified: ${amount(data.verified)} in the destination. ${data.verified.how}`);
  if (report.done?.keptBecause) notes.push(`Nothing was deleted, because ${report.done.keptBecause}.`);
  if (data.hardLinks > 0)
    notes.push(
      `${counted(data.hardLinks, 'file')} with several names (hard links): copied as separate files.`,
    );
  if (data.special > 0) notes.push(`${counted(data.special, 'pipe, socket or device')} not copied.`);
  return [...notes, ...lists].join('\n');
}

function listed(
  title: string,
  entries: readonly { path: string; reason: string }[],
  count: number,
): string[] {
  if (count === 0) return [];
  const cut = count - entries.length;
  return [
    ...entries.map(({ path, reason }) => `${title}: ${shown(path || '.')}: ${reason}`),
    ...(cut > 0 ? [`… and ${cut} more`] : []),
  ];
}
