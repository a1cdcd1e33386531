import * as z from 'zod';
import type { Outcome, Stop } from '../../runtime/tool.ts';
import { FORMATS } from './backup-input.ts';
import type { Manifest } from './manifest.ts';
import type { Places } from './places.ts';
import type { Report } from './report.ts';

const count = (what: string) => z.int().nonnegative().describe(what);

/** `structuredContent` of a backup. */
export const BACKUP_RESULT = z.object({
  verified: z.boolean().describe('Whether everything was read back and is as it was packed'),
  destination: z.string().describe('The archive or folder, absolute'),
  format: z.enum(FORMATS).describe('As asked for'),
  entries: count('Files, folders and links in the backup'),
  files: count('Files in the backup'),
  bytes: count('Bytes of all files together'),
  archiveBytes: z.int().nonnegative().nullable().describe('Bytes of the archive; null for a copy'),
  sha256: z.string().nullable().describe('SHA-256 of the archive; null for a copy'),
  hashFile: z
    .string()
    .nullable()
    .describe('The hashes, for `sha256sum -c` in the folder in which they lie; null when there is no backup'),
  durationMs: count('In milliseconds'),
  leftOut: z
    .array(z.object({ path: z.string(), reason: z.string() }))
    .describe('What is not in the backup, and why; at most 50'),
  leftOutCount: count('How many were left out in all'),
  changed: z.array(z.string()).describe('Files that were written to while they were read; at most 50'),
  changedCount: count('How many changed in all'),
  partial: z.string().nullable().describe('The unfinished backup that was kept; null when there is none'),
});

export type BackupResult = z.infer<typeof BACKUP_RESULT>;

/** What became of a backup, beside what is known of it anyway. */
export interface BackupEnd {
  readonly manifest?: Manifest;
  readonly archive?: { readonly archiveBytes: number; readonly sha256: string };
  readonly durationMs: number;
  readonly isVerified: boolean;
  /** Where the unfinished one was left. */
  readonly partial?: string;
}

export function resultOf(
  { destination, format, hashFile }: Places,
  report: Report,
  { manifest, archive, durationMs, isVerified, partial }: BackupEnd,
): BackupResult {
  const { leftOut, leftOutCount, changed, changedCount } = report;
  return {
    verified: isVerified,
    destination,
    format,
    entries: manifest?.entries ?? 0,
    files: manifest?.files ?? 0,
    bytes: manifest?.bytes ?? 0,
    archiveBytes: archive?.archiveBytes ?? null,
    sha256: archive?.sha256 ?? null,
    hashFile: isVerified ? hashFile : null,
    durationMs,
    leftOut,
    leftOutCount,
    changed,
    changedCount,
    partial: partial ?? null,
  };
}

/** A finished backup. Something that could not be read is missing from it, so it is not called a success then. */
export function finished(result: BackupResult, { unreadableCount }: Report): Outcome<BackupResult> {
  const { entries, bytes, archiveBytes, destination, durationMs, leftOutCount, changedCount } = result;
  const word = unreadableCount === 0 ? 'Backup complete and verified' : 'Backup incomplete, though verified';
  const packed = archiveBytes === null ? '' : `, packed ${formatBytes(archiveBytes)}`;
  const lines = [
    `${word}: ${entries.toLocaleString('en')} entries, ${formatBytes(bytes)}${packed}, in ${destination} after ${(durationMs / 1_000).toFixed(1)} s`,
    `Hashes for sha256sum -c: ${result.hashFile}`,
    ...(leftOutCount > 0 ? ['', `Left out (${leftOutCount}):`, ...result.leftOut.map(notedLine)] : []),
    ...(leftOutCount > result.leftOut.length ? ['…'] : []),
    ...(changedCount > 0 ? ['', `Changed while they were read (${changedCount}):`, ...result.changed] : []),
    ...(changedCount > result.changed.length ? ['…'] : []),
  ];
  return { text: lines.join('\n'), data: result, isError: unreadableCount > 0 };
}

/** One that did not come to its end. */
export const unfinished = (summary: string, result: BackupResult, stop?: Stop): Outcome<BackupResult> => ({
  text: [summary, ...(result.partial === null ? [] : [`Kept: ${result.partial}`])].join('\n'),
  data: result,
  isError: true,
  ...(stop && { stop }),
});

const notedLine = ({ path, reason }: { path: string; reason: string }): string => `${path}: ${reason}`;

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

function formatBytes(bytes: number): string {
  const power = Math.min(UNITS.length - 1, bytes < 1_000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return `${power === 0 ? value : value.toPrecision(3)} ${UNITS[power]}`;
}
