import { lstatSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { defineTool, Refusal } from '../../runtime/tool.ts';
import type { Work } from '../../runtime/work.ts';
import { counted } from '../place/amounts.ts';
import { type Place, placeOf } from '../place/place.ts';
import { shown } from '../place/shown.ts';
import { readGlob } from '../search/glob.ts';
import { lineTest } from '../search/line-test.ts';
import type { SearchFound, SearchMessage, SearchRequest } from '../search/messages.ts';
import type { FilesContext } from './context.ts';
import { UNREADABLE } from './failures.ts';
import { countInput, pathInput } from './path-input.ts';

const NOTHING: SearchFound = {
  matches: [],
  files: 0,
  searched: 0,
  binary: 0,
  total: 0,
  isCut: false,
  unreadable: [],
};
const query = (meaning: string) =>
  z
    .string('expected a text')
    .min(1, 'must not be empty')
    .max(1_000, 'must be at most 1,000 characters')
    .optional()
    .describe(meaning);

/** The tool `search`. */
export const searchTool = ({ folders }: FilesContext) =>
  defineTool({
    name: 'search',
    title: 'Search in files',
    description:
      'Finds lines in the files of a folder, by a text or by a regular expression. Binary files are skipped, links ' +
      'not followed. Regular expressions are those of RE2: linear in time, without references back and lookaround.',
    input: z.strictObject({
      path: pathInput('The folder, or one file.').optional(),
      text: query('Lines that hold this text. Either this or `pattern`.'),
      pattern: query('Lines that fit this regular expression (RE2). Either this or `text`.'),
      ignoreCase: z
        .boolean('expected true or false')
        .default(false)
        .describe('Takes capitals and small letters alike.'),
      glob: query(
        'Only files that fit, such as "*.md" (the name) or "src/**/*.ts" (the path from the folder).',
      ),
      hidden: z
        .boolean('expected true or false')
        .default(false)
        .describe('Also files and folders whose name begins with a dot.'),
      limit: countInput(1, 1_000).default(100).describe('Most lines to give.'),
    }),
    output: z.object({
      folder: z.string().describe('The folder as it really is called, links followed'),
      matches: z
        .array(
          z.object({
            path: z.string().describe('From the folder'),
            line: z.int().positive().describe('Counted from 1'),
            column: z.int().positive().describe('Where the first match of the line begins'),
            text: z.string().describe('The line; of a long one 400 characters around the match'),
          }),
        )
        .describe('One for each line that matches'),
      files: z.int().nonnegative().describe('Files with a match'),
      searched: z.int().nonnegative().describe('Files that were searched, binary ones included'),
      binary: z.int().nonnegative().describe('Of these the binary ones, which were skipped'),
      total: z.int().nonnegative().describe('Files that were to be searched'),
      cut: z.boolean().describe('There are more matches; the search ended at `limit`'),
      unreadable: UNREADABLE,
    }),
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    isLong: true,
    async run({ path: wanted, text, pattern, ignoreCase, glob, hidden, limit }, work) {
      if ((text === undefined) === (pattern === undefined))
        throw new Refusal('text, pattern: expected one of the two');
      lineTest({ text, pattern, ignoreCase }); // refuses here what the thread could not read
      if (glob !== undefined) readGlob('glob', glob);
      const { folder, file } = whereTo(placeOf('path', wanted ?? '.', folders));
      const request = {
        folder,
        file,
        text,
        pattern,
        ignoreCase,
        glob,
        hidden: hidden || file !== undefined,
        limit,
      };
      const found = await inThread(request, work);
      const isStopped = work.signal.aborted;
      const { isCut, matches, unreadable, ...counts } = found;
      const data = {
        folder: folder.path,
        ...counts,
        matches: [...matches],
        cut: isCut,
        unreadable: [...unreadable],
      };
      const lines = found.matches.map((each) => `${shown(each.path)}:${each.line}: ${each.text}`);
      const cut = isCut ? ` (there are more; limit is ${limit})` : '';
      const first = isStopped
        ? `Stopped before the search was over: ${counted(found.matches.length, 'line')} so far, ${found.searched} of ${counted(found.total, 'file')} searched`
        : `${counted(found.matches.length, 'line')} in ${counted(found.files, 'file')}${cut}; searched ${counted(found.searched, 'file')} in ${folder.path}, ${found.binary} of them binary and skipped`;
      return {
        text: [
          first,
          ...lines,
          ...found.unreadable.map((each) => `Could not look at ${each.path || '.'}: ${each.reason}`),
        ].join('\n'),
        data,
        ...(isStopped && { isError: true, stop: { stopped: true } }),
      };
    },
  });

function whereTo(place: Place): { readonly folder: Place; readonly file: string | undefined } {
  const stats = lstatSync(place.path, { throwIfNoEntry: false });
  if (stats === undefined) throw new Refusal(`path: there is nothing at ${place.path}`);
  if (stats.isDirectory()) return { folder: place, file: undefined };
  return { folder: { path: path.dirname(place.path), root: place.root }, file: path.basename(place.path) };
}

/** What was found; when it was stopped, what had been found until about then. */
async function inThread(request: SearchRequest, work: Work): Promise<SearchFound> {
  if (work.signal.aborted) return NOTHING;
  const thread = new Worker(new URL('../search/search-thread.ts', import.meta.url), { workerData: request });
  const { promise, resolve, reject } = Promise.withResolvers<SearchFound>();
  let sofar = NOTHING;
  thread.on('message', (message: SearchMessage) => {
    if (message.type === 'done') return resolve(message.found);
    const { phase, path, matches, ...counts } = message;
    sofar = { ...counts, matches: [...sofar.matches, ...matches], unreadable: [] };
    const isCounting = phase === 'counting';
    work.progress({
      phase,
      value: isCounting ? counts.total : counts.searched,
      ...(!isCounting && { total: counts.total }),
      unit: 'files',
      message: path === undefined ? `${phase} files` : shown(path),
    });
  });
  thread.once('error', reject);
  thread.once('exit', () => reject(new Error('the searching thread ended without an answer')));
  const stop = () => resolve(sofar);
  work.signal.addEventListener('abort', stop);
  try {
    return await promise;
  } finally {
    work.signal.removeEventListener('abort', stop);
    await thread.terminate();
  }
}
