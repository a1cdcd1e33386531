import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const VERSION = '1.18.33';
const run = promisify(execFile);

/** Installs OpenCode into a folder of its own; returns a folder for the PATH in which it is `opencode`. */
export async function installOpencode(folder: string): Promise<string> {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['install', '--prefix', folder, ...quiet, `opencode-ai@${VERSION}`]);
  const packages = join(folder, 'node_modules');
  // The package holds only a stand-in where install scripts are not run; the real program is in that of the platform.
  const programs = readdirSync(packages)
    .filter((name) => name.startsWith('opencode-') && name !== 'opencode-ai')
    .map((name) => join(packages, name, 'bin', 'opencode'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const program of programs) {
    const works = await run(program, ['--version'], { env: { ...process.env, HOME: folder } }).then(
      ({ stdout }) => stdout.trim() === VERSION,
      () => false,
    );
    if (!works) continue; // of a processor that this is not
    symlinkSync(program, join(bin, 'opencode'));
    return bin;
  }
  throw new Error(`none of these programs works here: ${programs.join(', ')}`);
}
