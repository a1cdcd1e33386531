import { renameSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { defineTool, type Outcome, Refusal } from '../../runtime/tool.ts';
import type { Work } from '../../runtime/work.ts';
import type { OpenFolder } from '../place/open-folder.ts';
import { openParent, type Place, placeOf } from '../place/place.ts';
import { isFileError, reasonOf } from '../place/reason.ts';
import { shown } from '../place/shown.ts';
import { putWithoutReplacing } from '../place/write-whole.ts';
import { isWithin } from '../sync/busy.ts';
import type { CopyThreads } from '../sync/copy-threads.ts';
import { moveAcross } from '../sync/move-across.ts';
import type { FilesContext } from './context.ts';
import { inWords } from './failures.ts';
import { refuseConfigured } from './guard.ts';
import { pathInput } from './path-input.ts';

const OUTPUT = z.object({
  from: z.string().describe('Where it was'),
  to: z.string().describe('Where it is to be'),
  moved: z.boolean().describe('It is there now, and gone from where it was'),
  copied: z.boolean().describe('It lay on another file system: copied, checked, and then removed'),
});

/** The tool `move`. */
export const moveTool = ({ folders, busy, threads }: FilesContext) =>
  defineTool({
    name: 'move',
    title: 'Move or rename',
    description:
      'Moves a file, link or folder to a new path; `to` is the new path itself, not the folder to put it in. Between ' +
      'file systems it copies, checks and then removes. A file in its way is replaced only with `overwrite`, a folder never.',
    input: z.strictObject({
      from: pathInput('What to move.'),
      to: pathInput('Its new path, name included.'),
      overwrite: z
        .boolean('expected true or false')
        .default(false)
        .describe('Replaces a file that is there.'),
    }),
    output: OUTPUT,
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
    isLong: true,
    async run({ from: wantedFrom, to: wantedTo, overwrite }, work) {
      const from = placeOf('from', wantedFrom, folders, 'keep');
      const to = placeOf('to', wantedTo, folders, 'keep');
      refuseConfigured('from', from, folders);
      refuseConfigured('to', to, folders);
      if (isWithin(to.path, from.path)) throw new Refusal('to: must not be `from` or lie in it');
      const source = inWords('from', from.path, () => openParent(from));
      using fromFolder = source.folder;
      const target = inWords('to', to.path, () => openParent(to));
      using toFolder = target.folder;
      const stats = inWords('from', from.path, () => fromFolder.lstat(source.name));
      if (stats === undefined) throw new Refusal(`from: there is nothing at ${from.path}`);
      const there = inWords('to', to.path, () => toFolder.lstat(target.name));
      if (there !== undefined && (there.isDirectory() || stats.isDirectory()))
        throw new Refusal(
          `to: there is something at ${to.path} already, and a folder neither replaces nor is replaced`,
        );
      if (there !== undefined && !overwrite)
        throw new Refusal(`to: there is something at ${to.path} already; overwrite: true replaces it`);

      const data = { from: from.path, to: to.path, moved: true, copied: false };
      const text = `Moved ${from.path} to ${to.path}`;
      try {
        const withoutLook = overwrite || stats.isDirectory();
        if (withoutLook) renameSync(fromFolder.entry(source.name), toFolder.entry(target.name));
        else putWithoutReplacing(fromFolder, source.name, target.name, toFolder);
        return { text, data };
      } catch (error) {
        if (!isFileError(error)) throw error;
        if ((error as NodeJS.ErrnoException).code !== 'EXDEV')
          throw new Refusal(`to: ${to.path}: ${reasonOf(error)}`);
      }
      using taken = busy.take(to.path);
      if (taken === undefined) throw new Refusal('to: a sync or move works there at the moment');
      return await across(
        { ...source, folder: fromFolder, parent: parentOf(from) },
        { ...target, folder: toFolder, parent: parentOf(to) },
        { overwrite, data, text, work, threads },
      );
    },
  });

const parentOf = ({ path: whole, root }: Place): Place => ({ path: path.dirname(whole), root });

type End = { readonly folder: OpenFolder; readonly name: string; readonly parent: Place };
type Data = z.infer<typeof OUTPUT>;
type Rest = {
  readonly overwrite: boolean;
  readonly data: Data;
  readonly text: string;
  readonly work: Work;
  readonly threads: CopyThreads;
};

async function across(
  from: End,
  to: End,
  { overwrite, data, text, work, threads }: Rest,
): Promise<Outcome<Data>> {
  const outcome = await moveAcross(from, to, overwrite, work, threads).catch((error: unknown) => {
    if (!isFileError(error)) throw error;
    throw new Refusal(`to: ${data.to}: ${reasonOf(error)}`);
  });
  if (outcome.type === 'moved') {
    const left = outcome.left.map(
      (each) => `Could not be removed at the old place: ${shown(each.path)}: ${each.reason}`,
    );
    return {
      text: [`${text}; copied and checked, because it lay on another file system`, ...left.slice(0, 20)].join(
        '\n',
      ),
      data: { ...data, copied: true },
      ...(left.length > 0 && { isError: true }),
    };
  }
  const remains = `Everything is still at ${data.from}; what was copied is in ${outcome.staging}, and the same call goes on from there.`;
  const problems = outcome.problems.slice(0, 20).map((each) => `${shown(each.path)}: ${each.reason}`);
  const isStopped = outcome.type === 'stopped';
  return {
    text: [`${isStopped ? 'Stopped' : 'Not moved'}. ${remains}`, ...problems].join('\n'),
    data: { ...data, moved: false, copied: false },
    isError: true,
    ...(isStopped && { stop: { stopped: true, remains } }),
  };
}
