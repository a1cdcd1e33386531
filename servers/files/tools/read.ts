import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import * as z from 'zod';
import { defineTool, Refusal } from '../../runtime/tool.ts';
import { inBytes } from '../place/amounts.ts';
import { openFile } from '../place/open-file.ts';
import { openParent, placeOf } from '../place/place.ts';
import { Turns } from '../place/turns.ts';
import type { FilesContext } from './context.ts';
import { inWords } from './failures.ts';
import { countInput, pathInput } from './path-input.ts';
import { readText } from './read-text.ts';

const KB = 1_024;
const MOST = 1_024 * KB;
const HASHED_UP_TO = 64 * 1_024 * KB;

/** The tool `read`. */
export const readTool = ({ folders }: FilesContext) =>
  defineTool({
    name: 'read',
    title: 'Read a file',
    description:
      'Reads a file, or a part of it: at most 1 MB at once, 256 KB unless told otherwise. Says how large the whole ' +
      'is, and its SHA-256 up to 64 MB (for `ifMatch` of write). Of a binary file only the facts are given, unless ' +
      'base64 is asked for.',
    input: z.strictObject({
      path: pathInput('The file.'),
      encoding: z
        .enum(['text', 'base64'], 'expected "text" or "base64"')
        .default('text')
        .describe('How to give the content; text is UTF-8.'),
      offset: countInput(0, Number.MAX_SAFE_INTEGER).default(0).describe('First byte to read.'),
      length: countInput(1, MOST)
        .default(256 * KB)
        .describe('Most bytes to read.'),
    }),
    output: z.object({
      path: z.string().describe('The file as it really is called, links followed'),
      size: z.int().nonnegative().describe('Bytes of the whole file'),
      modifiedAt: z.string().describe('ISO 8601, UTC'),
      encoding: z.enum(['text', 'base64']).describe('How `content` is written'),
      binary: z.boolean().describe('It is no UTF-8 text, so there is no `content` in the encoding text'),
      content: z.string().describe('What was read'),
      offset: z.int().nonnegative().describe('Where `content` begins, in bytes'),
      length: z.int().nonnegative().describe('Bytes that `content` stands for'),
      nextOffset: z
        .int()
        .nonnegative()
        .optional()
        .describe('Where to read on; absent at the end of the file'),
      sha256: z.string().optional().describe('Of the whole file; absent above 64 MB'),
    }),
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    isLong: false,
    async run({ path, encoding, offset, length }) {
      const place = placeOf('path', path, folders);
      if (place.path === place.root)
        throw new Refusal(`path: ${place.path} is a folder; list shows what is in it`);
      const parent = inWords('path', place.path, () => openParent(place));
      using _folder = parent.folder;
      using file = inWords('path', place.path, () => openFile(parent.folder, parent.name));
      const { fd, stats } = file;
      if (offset > stats.size) throw new Refusal(`offset: the file has ${stats.size} bytes`);
      const bytes = Buffer.alloc(Math.min(length, stats.size - offset));
      const got = inWords('path', place.path, () => readSync(fd, bytes, 0, bytes.length, offset));
      const piece = bytes.subarray(0, got);
      const text = encoding === 'text' ? readText(piece, offset + got < stats.size) : undefined;
      const used = encoding === 'base64' ? got : (text?.length ?? 0);
      const end = offset + used;
      const sha256 = stats.size <= HASHED_UP_TO ? await hashOf(fd, piece, stats.size) : undefined;
      const binary = encoding === 'text' && text === undefined;
      const content = encoding === 'base64' ? piece.toString('base64') : (text?.text ?? '');
      const what = binary
        ? `a binary file of ${inBytes(stats.size)}; ask for base64 to see it`
        : `${inBytes(used)}${used === stats.size ? '' : ` of ${inBytes(stats.size)}, from byte ${offset}`}`;
      const goOn = end < stats.size && !binary;
      return {
        text: [
          `${place.path}: ${what}${goOn ? `; go on at offset ${end}` : ''}`,
          ...(binary ? [] : ['', content]),
        ].join('\n'),
        data: {
          path: place.path,
          size: stats.size,
          modifiedAt: stats.mtime.toISOString(),
          encoding,
          binary,
          content,
          offset,
          length: used,
          ...(goOn && { nextOffset: end }),
          ...(sha256 !== undefined && { sha256 }),
        },
      };
    },
  });

async function hashOf(fd: number, piece: Buffer, size: number): Promise<string> {
  const hash = createHash('sha256');
  if (piece.length === size) return hash.update(piece).digest('hex');
  const turns = new Turns();
  const buffer = Buffer.allocUnsafe(MOST);
  for (let at = 0; ; ) {
    const got = readSync(fd, buffer, 0, buffer.length, at);
    if (got === 0) return hash.digest('hex');
    hash.update(buffer.subarray(0, got));
    at += got;
    if (turns.isDue) await turns.give();
  }
}
