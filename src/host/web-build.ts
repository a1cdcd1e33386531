import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../base/errors.ts';

const SOURCES = [
  'src/views/web',
  'src/task',
  'src/store/records.ts',
  'src/views/api/contract',
  'package-lock.json',
];

/**
 * Builds the pages when they are not there or older than their source (by content, not by time). Runs in a
 * process of its own, so that the host stays small.
 * @returns the folder of the built pages
 * @throws {AppError} `internal`, with what the build said last
 */
export async function ensureWebBuild(app: string, note: (text: string) => void): Promise<string> {
  const built = join(app, 'dist/web');
  const mark = join(built, '.source');
  const wanted = fingerprint(app);
  if (existsSync(join(built, 'index.html')) && existsSync(mark) && readFileSync(mark, 'utf8') === wanted)
    return built;
  note('Building the pages (once, a few seconds) …');
  await runVite(app);
  writeFileSync(mark, wanted);
  return built;
}

function fingerprint(app: string): string {
  const hash = createHash('sha256');
  for (const source of SOURCES)
    for (const file of filesOf(join(app, source))) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch {
    return [path]; // a file, not a folder
  }
}

function runVite(app: string): Promise<void> {
  const vite = join(app, 'node_modules/vite/bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--config', 'src/views/web/vite.config.ts'], {
    cwd: app,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output = `${output}${chunk}`.slice(-2_000)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0
        ? resolve()
        : reject(new AppError('internal', `The pages could not be built.\n${output.trim()}`)),
    );
  });
}
