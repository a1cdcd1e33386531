import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { resolveFolder, resolveInside } from '../../runtime/folders.ts';
import { Refusal } from '../../runtime/tool.ts';
import type { BackupFormat, BackupInput } from './backup-input.ts';

/** From where to where; everything absolute and within the configured folders. */
export interface Places {
  readonly source: string;
  readonly destination: string;
  /** What is written until it is whole. */
  readonly partial: string;
  /** The file of hashes. */
  readonly hashFile: string;
  readonly format: BackupFormat;
}

const ENDINGS = { 'tar.zst': ['.tar.zst', '.tzst'], 'tar.gz': ['.tar.gz', '.tgz'] } as const;

/** @throws {Refusal} naming the argument */
export function placesOf(input: BackupInput, folders: readonly string[]): Places {
  const from = resolveFolder(input.source, folders);
  if ('refused' in from) throw new Refusal(from.refused.replace(/^cwd:/, 'source:'));
  const to = resolveInside(input.destination, folders);
  if ('refused' in to) throw new Refusal(`destination: ${to.refused}`);
  const destination = to.path;
  if (`${destination}/`.startsWith(`${from.path}/`))
    throw new Refusal(`destination: ${destination} lies in the source`);
  const places = {
    source: from.path,
    destination,
    partial: `${destination}.partial`,
    hashFile: `${destination}.sha256`,
    format: formatOf(destination, input.format),
  };
  refuseWhatIsThere(places, input);
  return places;
}

function formatOf(destination: string, wanted: BackupFormat | undefined): BackupFormat {
  const named = (['tar.zst', 'tar.gz'] as const).find((format) =>
    ENDINGS[format].some((ending) => destination.endsWith(ending)),
  );
  if (wanted === undefined || wanted === named) return named ?? 'copy';
  if (wanted === 'copy') {
    if (named === undefined) return 'copy';
    throw new Refusal(`destination: a copy is a folder, so its name should not end like an archive's`);
  }
  throw new Refusal(`destination: expected a name that ends in ${ENDINGS[wanted].join(' or ')}`);
}

/** @throws {Refusal} when something stands where the backup is to go */
export function refuseWhatIsThere(
  { destination, partial, format }: Places,
  { overwrite }: BackupInput,
): void {
  if (existsSync(destination)) {
    const isFolder = statSync(destination).isDirectory();
    if (format === 'copy') throw new Refusal(`destination: ${destination} is there already`);
    if (isFolder) throw new Refusal(`destination: ${destination} is a folder; name the archive too`);
    if (!overwrite)
      throw new Refusal(`destination: ${destination} is there already; "overwrite": true replaces it`);
  }
  if (existsSync(partial)) throw new Refusal(inTheWay(partial));
  const parent = path.dirname(destination);
  if (existsSync(parent) && !statSync(parent).isDirectory())
    throw new Refusal(`destination: ${parent} is no folder`);
}

export const inTheWay = (partial: string): string =>
  `destination: ${partial} is in the way: another backup is being written, or was not finished. Remove or rename it.`;
