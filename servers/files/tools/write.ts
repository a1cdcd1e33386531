import { createHash } from 'node:crypto';
import { readFileSync, type Stats } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { defineTool, Refusal } from '../../runtime/tool.ts';
import { inBytes } from '../place/amounts.ts';
import { makeFolders } from '../place/make-folders.ts';
import { openFile } from '../place/open-file.ts';
import type { OpenFolder } from '../place/open-folder.ts';
import { openParent, placeOf } from '../place/place.ts';
import { writeWhole } from '../place/write-whole.ts';
import type { FilesContext } from './context.ts';
import { inWords } from './failures.ts';
import { pathInput } from './path-input.ts';

const MOST_CHARACTERS = 16 * 1_024 * 1_024;
/** As far as read gives a hash. */
const MOST_MATCHED = 64 * 1_024 * 1_024;

/** The tool `write`. */
export const writeTool = ({ folders }: FilesContext) =>
  defineTool({
    name: 'write',
    title: 'Write a file',
    description:
      'Writes a whole file: beside its place first, then renamed, so nobody sees half of it. What is there already ' +
      'is replaced only with `overwrite: "always"`, or with `ifMatch` when it is still what was read.',
    input: z.strictObject({
      path: pathInput('The file.'),
      content: z
        .string('expected a text')
        .max(MOST_CHARACTERS, 'must be at most 16 MB')
        .describe('The whole content.'),
      encoding: z
        .enum(['text', 'base64'], 'expected "text" or "base64"')
        .default('text')
        .describe('What `content` is; text is written as UTF-8.'),
      overwrite: z
        .enum(['never', 'always'], 'expected "never" or "always"')
        .default('never')
        .describe('Whether a file of that name is replaced.'),
      ifMatch: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal, as read gives it')
        .optional()
        .describe('Replaces the file only if this is its SHA-256.'),
      createFolders: z
        .boolean('expected true or false')
        .default(false)
        .describe('Makes the folders on the way.'),
    }),
    output: z.object({
      path: z.string().describe('The file as it really is called, links followed'),
      bytes: z.int().nonnegative().describe('Written'),
      sha256: z.string().describe('Of what was written'),
      replaced: z.boolean().describe('There was a file of that name'),
      createdFolders: z.array(z.string()).describe('Folders that were made for it'),
    }),
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
    isLong: false,
    async run({ path: wanted, content, encoding, overwrite, ifMatch, createFolders }) {
      const bytes = encoding === 'text' ? Buffer.from(content) : fromBase64(content);
      const place = placeOf('path', wanted, folders);
      if (place.path === place.root) throw new Refusal(`path: ${place.path} is a folder`);
      const name = path.basename(place.path);
      const parent = { path: path.dirname(place.path), root: place.root };
      const opened = inWords('path', place.path, () =>
        createFolders ? makeFolders(parent) : { folder: openParent(place).folder, made: [] },
      );
      using folder = opened.folder;
      const before = inWords('path', place.path, () => folder.lstat(name));
      refuseReplacing(before, { place: place.path, overwrite, ifMatch, folder, name });
      inWords('path', place.path, () =>
        writeWhole(folder, name, bytes, {
          ...(before !== undefined && { mode: before.mode }),
          replace: before !== undefined,
        }),
      );
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const data = {
        path: place.path,
        bytes: bytes.length,
        sha256,
        replaced: before !== undefined,
        createdFolders: [...opened.made],
      };
      return {
        text: `${before === undefined ? 'Wrote' : 'Replaced'} ${place.path}: ${inBytes(bytes.length)}`,
        data,
      };
    },
  });

interface Replacing {
  readonly place: string;
  readonly overwrite: 'never' | 'always';
  readonly ifMatch: string | undefined;
  readonly folder: OpenFolder;
  readonly name: string;
}

function refuseReplacing(
  before: Stats | undefined,
  { place, overwrite, ifMatch, folder, name }: Replacing,
): void {
  if (before === undefined) {
    if (ifMatch !== undefined) throw new Refusal(`ifMatch: there is no file ${place}`);
    return;
  }
  if (!before.isFile()) throw new Refusal(`path: ${place} is no file, so it is not replaced`);
  if (ifMatch !== undefined) {
    if (before.size > MOST_MATCHED) throw new Refusal(`ifMatch: ${place} is larger than 64 MB`);
    using file = inWords('path', place, () => openFile(folder, name));
    const now = createHash('sha256').update(readFileSync(file.fd)).digest('hex');
    if (now !== ifMatch) throw new Refusal(`ifMatch: ${place} has changed; its SHA-256 is ${now} now`);
  } else if (overwrite === 'never')
    throw new Refusal(`path: there is a file ${place} already; overwrite: "always" replaces it`);
}

function fromBase64(content: string): Buffer {
  const bytes = Buffer.from(content, 'base64');
  if (bytes.toString('base64').replace(/=+$/, '') !== content.replace(/\s+/g, '').replace(/=+$/, ''))
    throw new Refusal('content: expected base64');
  return bytes;
}
