import { lstatSync } from 'node:fs';
import * as z from 'zod';
import { defineTool, Refusal } from '../../runtime/tool.ts';
import { counted } from '../place/amounts.ts';
import { placeOf } from '../place/place.ts';
import { uriOf } from '../watch/resources.ts';
import type { FilesContext } from './context.ts';
import { pathInput } from './path-input.ts';

const annotations = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** The tool `watch`. */
export const watchTool = ({ folders, watches }: FilesContext) =>
  defineTool({
    name: 'watch',
    title: 'Watch a folder',
    description:
      'Reports files that are created, changed or removed in a folder and below, from now on and until unwatch or ' +
      'the end of this server. What happened while nobody watched is found when it is watched again. Read the ' +
      'events with changes, or subscribe to the resource that is answered.',
    input: z.strictObject({
      path: pathInput('The folder.'),
      hidden: z.boolean('expected true or false').default(false).describe('Also in folders such as .git.'),
    }),
    output: z.object({
      folder: z.string().describe('The folder as it really is called, links followed'),
      resource: z.string().describe('Its URI; it is updated with each batch of events'),
      lastSeq: z.int().nonnegative().describe('Events so far; give it as `after` to changes'),
      files: z.int().nonnegative().describe('Files that are watched'),
      alreadyWatched: z.boolean().describe('It was watched before this call'),
    }),
    annotations,
    isLong: true,
    async run({ path, hidden }, work) {
      const place = placeOf('path', path, folders);
      if (!lstatSync(place.path, { throwIfNoEntry: false })?.isDirectory())
        throw new Refusal(`path: expected a folder, ${place.path} is none`);
      work.progress({ phase: 'watching', message: `looking at all of ${place.path}` });
      const isWatched = watches.get(place.path) !== undefined;
      const stop = () => void (isWatched || watches.remove(place.path, false));
      work.signal.addEventListener('abort', stop);
      const verdict = await watches
        .add(place.path, hidden)
        .finally(() => work.signal.removeEventListener('abort', stop));
      if ('refused' in verdict) throw new Refusal(`path: ${verdict.refused}`);
      const { watch, isNew } = verdict;
      const data = {
        folder: place.path,
        resource: uriOf(place.path),
        lastSeq: watch.feed?.lastSeq ?? 0,
        files: watch.files,
        alreadyWatched: !isNew,
      };
      if (work.signal.aborted && !isWatched)
        return {
          text: `Stopped: ${place.path} is not watched`,
          data,
          isError: true,
          stop: { stopped: true },
        };
      const text = `${isNew ? 'Watching' : 'Already watching'} ${place.path}: ${counted(watch.files, 'file')}, last seq ${data.lastSeq}, resource ${data.resource}`;
      return { text, data };
    },
  });

/** The tool `unwatch`. */
export const unwatchTool = ({ folders, watches }: FilesContext) =>
  defineTool({
    name: 'unwatch',
    title: 'Stop watching a folder',
    description:
      'Ends what watch began. What the folder held is remembered, so that watching it again finds what was missed; ' +
      'with `forget` it is not.',
    input: z.strictObject({
      path: pathInput('The folder.'),
      forget: z.boolean('expected true or false').default(false).describe('Forgets its files and events.'),
    }),
    output: z.object({
      folder: z.string().describe('The folder that is watched no longer'),
      forgotten: z.boolean().describe('Its files and events were forgotten, too'),
    }),
    annotations: { ...annotations, destructiveHint: true },
    isLong: false,
    async run({ path, forget }) {
      const place = placeOf('path', path, folders);
      if (!(await watches.remove(place.path, forget)))
        throw new Refusal(`path: ${place.path} is not watched; watched shows which folders are`);
      return { text: `No longer watching ${place.path}`, data: { folder: place.path, forgotten: forget } };
    },
  });

/** The tool `watched`. */
export const watchedTool = ({ watches }: FilesContext) =>
  defineTool({
    name: 'watched',
    title: 'Watched folders',
    description: 'Lists the folders that are watched, and how each is doing.',
    input: z.strictObject({}),
    output: z.object({
      folders: z
        .array(
          z.object({
            folder: z.string(),
            resource: z.string(),
            state: z
              .enum(['starting', 'watching', 'gone'])
              .describe('`gone`: the folder is not there at the moment'),
            problem: z.string().optional().describe('Why changes may come late'),
            hidden: z.boolean(),
            files: z.int().nonnegative(),
            firstSeq: z.int().positive().describe('Of the events that are kept'),
            lastSeq: z.int().nonnegative(),
          }),
        )
        .describe('Those that are watched'),
    }),
    annotations: { ...annotations, readOnlyHint: true },
    isLong: false,
    async run() {
      const folders = watches.all.map(({ folder, state, problem, hidden, files, feed }) => ({
        folder,
        resource: uriOf(folder),
        state,
        ...(problem !== undefined && { problem }),
        hidden,
        files,
        firstSeq: feed?.firstSeq ?? 1,
        lastSeq: feed?.lastSeq ?? 0,
      }));
      const lines = folders.map(
        ({ folder, state, files, lastSeq, problem }) =>
          `${folder}: ${state}, ${counted(files, 'file')}, last seq ${lastSeq}${problem === undefined ? '' : `; ${problem}`}`,
      );
      return {
        text: [`${counted(folders.length, 'folder')} watched`, ...lines].join('\n'),
        data: { folders },
      };
    },
  });
