import { readlinkSync } from 'node:fs';
import * as z from 'zod';
import { defineTool, Refusal } from '../../runtime/tool.ts';
import { counted, inBytes } from '../place/amounts.ts';
import { openFolder, placeOf } from '../place/place.ts';
import { shown } from '../place/shown.ts';
import { Turns } from '../place/turns.ts';
import { byCharacters, type Met, type Unreadable, walk } from '../place/walk.ts';
import { readGlob } from '../search/glob.ts';
import type { FilesContext } from './context.ts';
import { inWords, UNREADABLE } from './failures.ts';
import { countInput, KIND, pathInput } from './path-input.ts';

const MAX_UNREADABLE = 20;

const ENTRY = z.object({
  path: z.string().describe('From the listed folder, with / between the names'),
  kind: KIND,
  size: z.int().nonnegative().describe('In bytes'),
  modifiedAt: z.string().describe('ISO 8601, UTC'),
  hidden: z.boolean().describe('Its name, or that of a folder on the way, begins with a dot'),
  target: z.string().optional().describe('Where a link points to, as it is written there'),
});

/** The tool `list`. */
export const listTool = ({ folders }: FilesContext) =>
  defineTool({
    name: 'list',
    title: 'List a folder',
    description:
      'Lists what lies in a folder, hidden entries included, sorted by name, a folder before its content. Links are ' +
      'shown and not followed. Long lists come in pages: call again with the same arguments and `cursor`.',
    input: z.strictObject({
      path: pathInput('The folder.').optional(),
      depth: countInput(1, 100)
        .default(1)
        .describe('How many levels of folders to show; 1 is the folder alone.'),
      pattern: z
        .string('expected a text')
        .min(1, 'must not be empty')
        .max(1_000, 'must be at most 1,000 characters')
        .optional()
        .describe('Only what fits, such as "*.pdf" (the name) or "src/**/*.ts" (the path from the folder).'),
      limit: countInput(1, 1_000).default(200).describe('Entries in one page.'),
      cursor: z.string('expected a text').optional().describe('`nextCursor` of the page before.'),
    }),
    output: z.object({
      folder: z.string().describe('The folder as it really is called, links followed'),
      entries: z.array(ENTRY).describe('What lies in it, sorted by path'),
      nextCursor: z.string().optional().describe('There is more after this page'),
      unreadable: UNREADABLE,
    }),
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    isLong: true,
    async run({ path, depth, pattern, limit, cursor }, work) {
      const place = placeOf('path', path ?? '.', folders);
      const fits = pattern === undefined ? () => true : readGlob('pattern', pattern);
      const after = cursor === undefined ? undefined : readCursor(cursor);
      using top = inWords('path', place.path, () => openFolder(place));
      const unreadable: Unreadable[] = [];
      const enter = (met: Met) =>
        met.depth < depth &&
        (after === undefined || !isBefore(met.path, after) || isOnTheWay(met.path, after));
      const turns = new Turns();
      const entries: z.infer<typeof ENTRY>[] = [];
      let looked = 0;
      let nextCursor: string | undefined;
      for (const met of walk(top, { enter, unreadable: (problem) => unreadable.push(problem) })) {
        looked++;
        if (turns.isDue) {
          work.progress({ phase: 'listing', value: looked, unit: 'entries', message: shown(met.path) });
          await turns.give();
          if (work.signal.aborted) break;
        }
        if ((after !== undefined && !isBefore(after, met.path)) || !fits(met.path)) continue;
        if (entries.length === limit) {
          nextCursor = toCursor(entries.at(-1)!.path);
          break;
        }
        entries.push(entryOf(met));
      }
      const data = {
        folder: place.path,
        entries,
        ...(nextCursor !== undefined && { nextCursor }),
        unreadable: unreadable.slice(0, MAX_UNREADABLE),
      };
      const more = nextCursor === undefined ? '' : ', and more: call again with the cursor';
      const stopped = work.signal.aborted ? 'Stopped early: ' : '';
      const lines = entries.map(lineOf);
      return {
        text: [
          `${stopped}${counted(entries.length, 'entry')} in ${place.path}${more}`,
          ...lines,
          ...unreadable
            .slice(0, MAX_UNREADABLE)
            .map((each) => `Could not look at ${each.path || '.'}: ${each.reason}`),
          ...(nextCursor === undefined ? [] : [`cursor: ${nextCursor}`]),
        ].join('\n'),
        data,
        ...(work.signal.aborted && { isError: true, stop: { stopped: true } }),
      };
    },
  });

function entryOf({ path, kind, stats, folder, name }: Met): z.infer<typeof ENTRY> {
  return {
    path,
    kind,
    size: stats.size,
    modifiedAt: stats.mtime.toISOString(),
    hidden: path.startsWith('.') || path.includes('/.'),
    ...(kind === 'link' && { target: targetOf(folder.entry(name)) }),
  };
}

function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return ''; // gone since
  }
}

function lineOf({ path, kind, size, target }: z.infer<typeof ENTRY>): string {
  const name = shown(path);
  if (kind === 'folder') return `${name}/`;
  if (kind === 'link') return `${name} -> ${shown(target ?? '')}`;
  return kind === 'file' ? `${name}  ${inBytes(size)}` : `${name}  (neither file nor folder)`;
}

const toCursor = (path: string): string => Buffer.from(path).toString('base64url');

function readCursor(cursor: string): string {
  const path = Buffer.from(cursor, 'base64url').toString();
  if (path === '' || toCursor(path) !== cursor)
    throw new Refusal('cursor: expected `nextCursor` of a page before');
  return path;
}

/** In the order of a walk: name by name, a folder before its content. */
function isBefore(a: string, b: string): boolean {
  const [left, right] = [a.split('/'), b.split('/')];
  for (let at = 0; at < left.length && at < right.length; at++) {
    const order = byCharacters(left[at]!, right[at]!);
    if (order !== 0) return order < 0;
  }
  return left.length < right.length;
}

const isOnTheWay = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(`${folder}/`);
