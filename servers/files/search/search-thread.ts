import { readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { openFile } from '../place/open-file.ts';
import { openFolder } from '../place/place.ts';
import { reasonOf } from '../place/reason.ts';
import { type Met, walk } from '../place/walk.ts';
import { readGlob } from './glob.ts';
import { LineReader } from './line-reader.ts';
import { lineTest } from './line-test.ts';
import type { SearchFound, SearchMatch, SearchMessage, SearchRequest } from './messages.ts';

/*
 * A thread that searches files, so that the server stays free to speak. It changes nothing, so it can be ended at
 * any moment.
 */

const CHUNK_BYTES = 256 * 1_024;
const BINARY_LOOK_BYTES = 8 * 1_024;
const TELL_MS = 100;
const MOST_LINE = 400;
const MOST_UNREADABLE = 20;

const request = workerData as SearchRequest;
const find = lineTest(request);
const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
const matches: SearchMatch[] = [];
const found = { files: 0, searched: 0, binary: 0, total: 0, isCut: false };
let told = 0;
let toldMs = 0;

const say = (message: SearchMessage) => parentPort!.postMessage(message);
say({ type: 'done', found: search() });

function search(): SearchFound {
  const fits = request.glob === undefined ? () => true : readGlob('glob', request.glob);
  const unreadable: { path: string; reason: string }[] = [];
  const note = (problem: { path: string; reason: string }) => {
    if (unreadable.length < MOST_UNREADABLE) unreadable.push(problem);
  };
  const each = function* () {
    using top = openFolder(request.folder);
    const enter = ({ name }: Met) => request.file === undefined && (request.hidden || !name.startsWith('.'));
    for (const met of walk(top, { enter, unreadable: note })) {
      if (met.kind !== 'file' || (!request.hidden && met.name.startsWith('.')) || !fits(met.path)) continue;
      if (request.file === undefined || request.file === met.path) yield met;
    }
  };
  for (const _met of each()) {
    found.total++;
    tell('counting');
  }
  unreadable.length = 0;
  for (const met of each()) {
    tell('searching', met.path);
    try {
      const before = matches.length;
      if (!searchFile(met)) found.binary++;
      if (matches.length > before) found.files++;
    } catch (error) {
      note({ path: met.path, reason: reasonOf(error) });
    }
    found.searched++;
    if (matches.length > request.limit) {
      matches.length = request.limit;
      found.isCut = true;
      break;
    }
  }
  return { ...found, matches, unreadable };
}

/** @returns false when it is a binary file */
function searchFile(met: Met): boolean {
  using file = openFile(met.folder, met.name);
  const lines = new LineReader();
  let number = 0;
  for (let at = 0; ; ) {
    const got = readSync(file.fd, buffer, 0, CHUNK_BYTES, at);
    if (at === 0 && buffer.subarray(0, Math.min(got, BINARY_LOOK_BYTES)).includes(0)) return false;
    at += got;
    for (const line of got === 0 ? lines.rest() : lines.add(buffer.subarray(0, got))) {
      number++;
      const column = find(line);
      if (column < 0) continue;
      matches.push({ path: met.path, line: number, column: column + 1, text: excerpt(line, column) });
      if (matches.length > request.limit) return true;
    }
    if (got === 0) return true;
    tell('searching', met.path);
  }
}

/** Of a long line what is around the match. */
function excerpt(line: string, column: number): string {
  if (line.length <= MOST_LINE) return line;
  const start = Math.max(0, Math.min(column - MOST_LINE / 4, line.length - MOST_LINE));
  const end = start + MOST_LINE;
  return `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`;
}

/** What is found so far goes with it, so that a stop keeps it. */
function tell(phase: 'counting' | 'searching', path?: string): void {
  const nowMs = performance.now();
  if (nowMs - toldMs < TELL_MS) return;
  toldMs = nowMs;
  say({ type: 'progress', phase, path, ...found, matches: matches.slice(told, request.limit) });
  told = matches.length;
}
