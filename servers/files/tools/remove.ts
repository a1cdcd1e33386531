import { rmdirSync, unlinkSync } from 'node:fs';
import * as z from 'zod';
import { defineTool, Refusal } from '../../runtime/tool.ts';
import { counted, inBytes } from '../place/amounts.ts';
import { openParent, placeOf } from '../place/place.ts';
import { shown } from '../place/shown.ts';
import { removeItems } from '../sync/apply.ts';
import { Problems } from '../sync/problems.ts';
import { amountOf, partsOf, scanTree } from '../sync/tree.ts';
import type { FilesContext } from './context.ts';
import { inWords, UNREADABLE } from './failures.ts';
import { refuseConfigured } from './guard.ts';
import { pathInput } from './path-input.ts';

/** The tool `remove`. */
export const removeTool = ({ folders }: FilesContext) =>
  defineTool({
    name: 'remove',
    title: 'Remove a file or folder',
    description:
      'Removes a file, a link (not what it points to), or an empty folder; with `recursive` a folder with all that ' +
      'is in it. It is gone then: there is no trash. A configured folder itself is refused.',
    input: z.strictObject({
      path: pathInput('What to remove.'),
      recursive: z
        .boolean('expected true or false')
        .default(false)
        .describe('Also a folder that is not empty.'),
    }),
    output: z.object({
      path: z.string().describe('What was to be removed, as it really is called'),
      files: z.int().nonnegative().describe('Files and links that are gone'),
      folders: z.int().nonnegative().describe('Folders that are gone'),
      bytes: z.int().nonnegative().describe('Of the files that are gone'),
      failed: UNREADABLE.describe('What is still there although it was to go, at most 20'),
      failedCount: z.int().nonnegative().describe('How many could not be removed'),
    }),
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
    isLong: true,
    async run({ path, recursive }, work) {
      const place = placeOf('path', path, folders, 'keep');
      refuseConfigured('path', place, folders);
      const parent = inWords('path', place.path, () => openParent(place));
      using folder = parent.folder;
      const { name } = parent;
      const stats = inWords('path', place.path, () => folder.lstat(name));
      if (stats === undefined) throw new Refusal(`path: there is nothing at ${place.path}`);
      const result = { path: place.path, files: 0, folders: 0, bytes: 0, failed: [], failedCount: 0 };
      if (!stats.isDirectory()) {
        inWords('path', place.path, () => unlinkSync(folder.entry(name)));
        const bytes = stats.isFile() ? stats.size : 0;
        return { text: `Removed ${place.path}`, data: { ...result, files: 1, bytes } };
      }
      if (!recursive) {
        inWords('path', `${place.path} (recursive: true removes its content too)`, () =>
          rmdirSync(folder.entry(name)),
        );
        return { text: `Removed the empty folder ${place.path}`, data: { ...result, folders: 1 } };
      }

      const problems = new Problems();
      using top = inWords('path', place.path, () => folder.folder(name));
      const met = (entries: number, at: string) =>
        work.progress({
          phase: 'scanning',
          value: entries,
          unit: 'entries',
          message: `looking at ${shown(at)}`,
        });
      const tree = await scanTree(top, { signal: work.signal, met });
      const items = [...tree.items.values(), ...partsOf(tree)].reverse();
      const gone = await removeItems(top, items, { problems, signal: work.signal }, (done, at) =>
        work.progress({
          phase: 'removing',
          value: done,
          total: items.length,
          unit: 'entries',
          message: shown(at),
        }),
      );
      const isStopped = work.signal.aborted;
      const all = [...tree.unreadable, ...problems.list];
      const isGone = !isStopped && all.length === 0 && problems.try('', () => rmdirSync(folder.entry(name)));
      const failed = [...tree.unreadable, ...problems.list];
      const goneFolders = gone.filter(({ kind }) => kind === 'folder').length;
      const data = {
        path: place.path,
        files: gone.length - goneFolders,
        folders: goneFolders + (isGone ? 1 : 0),
        bytes: amountOf(gone).bytes,
        failed: failed.slice(0, 20),
        failedCount: failed.length,
      };
      const amount = `${counted(data.files, 'file')} (${inBytes(data.bytes)}) and ${counted(data.folders, 'folder')}`;
      const rest = `${counted(items.length - gone.length, 'entry')} of ${place.path} are still there.`;
      const first = isGone
        ? `Removed ${place.path}: ${amount}`
        : `${isStopped ? 'Stopped: removed' : 'Not all of it could be removed:'} ${amount}. ${rest}`;
      const lines = data.failed.map((each) => `${shown(each.path || '.')}: ${each.reason}`);
      return {
        text: [first, ...lines].join('\n'),
        data,
        ...(!isGone && { isError: true }),
        ...(isStopped && { stop: { stopped: true, remains: rest } }),
      };
    },
  });
