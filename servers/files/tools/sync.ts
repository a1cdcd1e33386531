import { lstatSync } from 'node:fs';
import * as z from 'zod';
import { defineTool, Refusal, type Stop } from '../../runtime/tool.ts';
import { counted, inBytes } from '../place/amounts.ts';
import { type Place, placeOf } from '../place/place.ts';
import { isFileError, reasonOf } from '../place/reason.ts';
import { isWithin } from '../sync/busy.ts';
import { runSync, type SyncReport, type SyncRequest } from '../sync/run-sync.ts';
import { SYNC_OUTPUT, type SyncData, toData, toText } from '../sync/sync-result.ts';
import type { FilesContext } from './context.ts';
import { pathInput } from './path-input.ts';

/** The tool `sync`. */
export const syncTool = ({ folders, busy, threads }: FilesContext) =>
  defineTool({
    name: 'sync',
    title: 'Sync folders',
    description:
      'Copies what is new or changed in one folder to another; `mirror` also deletes what the source does not have, ' +
      'after everything was copied. Each file is copied beside its place, read back, compared by hash, and renamed. ' +
      'After a stop or a crash the same call goes on where it was, also in the middle of a big file. Links stay ' +
      'links. Newer files in the destination (update) and files against folders are conflicts: reported and left. ' +
      'With `dryRun` it only says what it would do.',
    input: z.strictObject({
      source: pathInput('The folder to copy from.'),
      destination: pathInput('The folder to copy into; made when it is not there.'),
      mode: z
        .enum(['mirror', 'update'], 'expected "mirror" or "update"')
        .describe(
          '`update` adds and renews; `mirror` makes the destination the same, deleting what is extra.',
        ),
      dryRun: z
        .boolean('expected true or false')
        .default(false)
        .describe('Changes nothing, says what would happen.'),
      checksum: z
        .boolean('expected true or false')
        .default(false)
        .describe(
          'Compares files of the same size and time by their content too; reads everything on both sides.',
        ),
      durable: z
        .boolean('expected true or false')
        .default(false)
        .describe(
          'Forces each file to the disk before it takes its name: safe against a power cut, and slower.',
        ),
    }),
    output: SYNC_OUTPUT,
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
    isLong: true,
    async run({ source, destination, ...rest }, work) {
      const request = requestOf(
        placeOf('source', source, folders),
        placeOf('destination', destination, folders),
        rest,
      );
      using taken = rest.dryRun ? undefined : busy.take(request.destination.path);
      if (!rest.dryRun && taken === undefined)
        throw new Refusal('destination: another sync or move works there at the moment');
      const startedMs = performance.now();
      let report: SyncReport;
      try {
        report = await runSync(request, work, threads);
      } catch (error) {
        if (!isFileError(error)) throw error;
        throw new Refusal(`source and destination: ${reasonOf(error)}`);
      }
      const data = toData(report, request, performance.now() - startedMs);
      const isStopped = work.signal.aborted;
      const isError = isStopped || data.conflictCount + data.failedCount + data.wrongCount > 0;
      return {
        text: toText(data, report, isStopped),
        data,
        ...(isError && { isError }),
        ...(isStopped && { stop: stopOf(data, report) }),
      };
    },
  });

function requestOf(
  source: Place,
  destination: Place,
  rest: Pick<SyncRequest, 'mode' | 'dryRun' | 'checksum' | 'durable'>,
): SyncRequest {
  const from = lstatSync(source.path, { throwIfNoEntry: false });
  if (!from?.isDirectory())
    throw new Refusal(`source: expected a folder; ${source.path} is ${from ? 'none' : 'not there'}`);
  const to = lstatSync(destination.path, { throwIfNoEntry: false });
  if (to !== undefined && !to.isDirectory())
    throw new Refusal(`destination: expected a folder; ${destination.path} is none`);
  if (isWithin(destination.path, source.path))
    throw new Refusal('destination: must not be the source or lie in it');
  if (isWithin(source.path, destination.path)) throw new Refusal('source: must not lie in the destination');
  return { source, destination, isDestinationThere: to !== undefined, ...rest };
}

function stopOf(data: SyncData, { done }: SyncReport): Stop {
  const parts = done?.copies.flatMap((batch) => batch.parts) ?? [];
  const kept = parts.map(({ path, bytes }) => `${data.destination}/${path} (${inBytes(bytes)})`);
  const partial = kept.length === 0 ? '' : ` Kept to go on from: ${kept.join(', ')}.`;
  return {
    stopped: true,
    remains: `${counted(data.copied.files, 'file')} of ${data.toCopy.files.toLocaleString('en')} are complete in ${data.destination}.${partial} The same call again goes on from there.`,
  };
}
