import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { isSame } from '../../../process-tree/identity.ts';
import type { RunRecord } from './run-record.ts';

/*
 * A folder with one file for each run, shared by all agent servers of one person. A run says first that it is there and
 * looks then whether another is in its way: so of two that start at the same moment at least one sees the other, and
 * never do both go on. A file whose server and agent are both gone (pid and start) says nothing and is taken away.
 */

const PROCESS = z.object({ pid: z.int(), startedAt: z.string() });
const RECORD = z.object({
  run: z.string(),
  agent: z.string(),
  workspace: z.string(),
  task: z.string(),
  since: z.string(),
  server: PROCESS,
  process: PROCESS.optional(),
});

/** Says that a run is there; returns its undo, or the run that is in its way. */
export function claim(folder: string, record: RunRecord): { release: () => void } | { busy: RunRecord } {
  post(folder, record);
  const release = () => rmSync(fileOf(folder, record), { force: true });
  const others = runsOn(folder).filter(({ run }) => run !== record.run);
  const busy = others.find(({ workspace }) => overlaps(workspace, record.workspace));
  if (busy === undefined) return { release };
  release();
  return { busy };
}

/** Says what is known of a run now. @throws {Error} naming the folder when it cannot be written */
export function post(folder: string, record: RunRecord): void {
  const file = fileOf(folder, record);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
    renameSync(`${file}.new`, file); // so that nobody reads half of it
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`What runs cannot be noted in ${folder} (${code}), so nothing is started.`, {
      cause: error,
    });
  }
}

/** All runs that are there, of whichever server. */
export function runsOn(folder: string): RunRecord[] {
  return namesIn(folder).flatMap((name) => {
    const file = path.join(folder, name);
    const record = readRecord(file);
    if (record === undefined) return [];
    if (isSame(record.server) || (record.process && isSame(record.process))) return [record];
    rmSync(file, { force: true });
    return [];
  });
}

/** Whether two folders are the same, or one lies in the other. */
export function overlaps(one: string, other: string): boolean {
  const [a, b] = [one, other].map((folder) => (folder.endsWith(path.sep) ? folder : folder + path.sep));
  return a!.startsWith(b!) || b!.startsWith(a!);
}

const fileOf = (folder: string, { run }: RunRecord): string => path.join(folder, `${run}.json`);

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return []; // nobody was here yet
  }
}

function readRecord(file: string): RunRecord | undefined {
  try {
    return RECORD.parse(JSON.parse(readFileSync(file, 'utf8'))) as RunRecord;
  } catch {
    return undefined; // just taken away, or not ours
  }
}
