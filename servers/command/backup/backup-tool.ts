import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { defineTool, Refusal } from '../../runtime/tool.ts';
import type { Work } from '../../runtime/work.ts';
import type { CommandSettings } from '../settings.ts';
import type { Turns } from '../turns.ts';
import { BACKUP_INPUT, type BackupInput } from './backup-input.ts';
import { BACKUP_RESULT, type BackupEnd, finished, resultOf, unfinished } from './backup-result.ts';
import { countTree } from './count-tree.ts';
import { makeBackup } from './make-backup.ts';
import { inTheWay, type Places, placesOf, refuseWhatIsThere } from './places.ts';
import { Report } from './report.ts';

/** The tool `backup`: counts, packs or copies, reads everything back, and only then gives it its name. */
export function backupTool(settings: CommandSettings, turns: Turns) {
  return defineTool({
    name: 'backup',
    title: 'Back up a folder',
    description:
      'Packs a folder into one archive (tar.zst, tar.gz) or copies it, with exact totals while it works, reads ' +
      'everything back and compares it, and writes the hashes beside it. Links stay links; sockets, devices and what ' +
      'vanishes are left out and named. Until it is whole it is called DESTINATION.partial. ' +
      `Folders: ${settings.folders.join(', ') || 'none is configured, so every call is refused.'}`,
    input: BACKUP_INPUT,
    output: BACKUP_RESULT,
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
    isLong: true,
    async run(input, work) {
      placesOf(input, settings.folders); // so that what is wrong is said before it waits
      return turns.inTurn(work, () => backUp(input, placesOf(input, settings.folders), work));
    },
  });
}

async function backUp(input: BackupInput, places: Places, work: Work) {
  const report = new Report();
  const startedMs = performance.now();
  let isOurs = false;
  const result = (end: Omit<BackupEnd, 'durationMs'>) =>
    resultOf(places, report, { ...end, durationMs: Math.round(performance.now() - startedMs) });
  try {
    const total = await countTree(places.source, work);
    await claim(places);
    isOurs = true;
    const { difference, checksums, ...made } = await makeBackup(places, report, total, work);
    if (difference !== undefined) {
      const left = result({ ...made, isVerified: false, partial: places.partial });
      return unfinished(`Backup failed: ${difference}`, left);
    }
    work.signal.throwIfAborted();
    refuseWhatIsThere({ ...places, partial: '' }, input); // once more, because that was long ago
    await rename(places.partial, places.destination);
    await writeFile(places.hashFile, checksums);
    return finished(result({ ...made, isVerified: true }), report);
  } catch (error) {
    const wasStopped = work.stopReason !== undefined;
    const isKept = isOurs && wasStopped && input.onCancel === 'keep';
    if (isOurs && !isKept) await rm(places.partial, { recursive: true, force: true });
    const left = result({ isVerified: false, ...(isKept && { partial: places.partial }) });
    if (error instanceof Refusal) throw error;
    if (!wasStopped) return unfinished(`Backup failed: ${(error as Error).message}`, left);
    const remains = isKept
      ? `The unfinished backup was kept: ${places.partial}`
      : 'Nothing of the unfinished backup is left';
    return unfinished(`Backup stopped. ${remains}`, left, { stopped: true, remains });
  }
}

/** Makes what is written to, so that of two backups to one place only one goes on. */
async function claim({ destination, partial, format }: Places): Promise<void> {
  await mkdir(path.dirname(destination), { recursive: true });
  try {
    if (format === 'copy') await mkdir(partial, { mode: 0o700 });
    else await (await open(partial, 'wx')).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new Refusal(inTheWay(partial));
  }
}
