import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/* The official suite, as a program of its own: it is not among our dependencies (docs/decisions). */

const PACKAGE = '@modelcontextprotocol/conformance';
const VERSION = '0.2.0-alpha.12';
const CLIENT = join(import.meta.dirname, 'client.ts');
/** Of one scenario; the suite ends the client by itself after 60 s. */
const LIMIT_MS = 90_000;

const run = promisify(execFile);

export interface Outcome {
  readonly scenario: string;
  /** `not exercised`: the suite has nothing to complain of, because it has seen nothing. */
  readonly outcome: 'passed' | 'failed' | 'not exercised';
  readonly checks: string;
  /** All that was said, for the eyes of whoever looks into a failure. */
  readonly output: string;
}

/** @returns the program's file */
export async function installSuite(folder: string): Promise<string> {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['install', '--prefix', folder, ...quiet, `${PACKAGE}@${VERSION}`]);
  return join(folder, 'node_modules', PACKAGE, 'dist/index.js');
}

/** The names of all scenarios for clients, of every version and extension. */
export async function clientScenarios(suite: string): Promise<string[]> {
  const { stdout } = await run(process.execPath, [suite, 'list']);
  const [, clients = ''] = /^Client scenarios.*\n((?: {2}- .*\n)+)/m.exec(stdout) ?? [];
  const names = [...clients.matchAll(/^ {2}- (\S+)/gm)].map(([, name = '']) => name);
  if (names.length === 0) throw new Error(`the suite lists no scenarios for clients:\n${stdout}`);
  return names;
}

/** A scenario for clients, played by a real host. */
export function runClientScenario(suite: string, scenario: string): Promise<Outcome> {
  const command = `"${process.execPath}" "${CLIENT}"`;
  return runScenario(suite, scenario, ['client', '--command', command, '--timeout', '60000']);
}

/** A scenario for servers, against one that runs. */
export const runServerScenario = (suite: string, scenario: string, url: string): Promise<Outcome> =>
  runScenario(suite, scenario, ['server', '--url', url]);

async function runScenario(suite: string, scenario: string, how: readonly string[]): Promise<Outcome> {
  const args = [suite, ...how, '--scenario', scenario];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const [, passed = '0', all = '0'] = /Passed: (\d+)\/(\d+)/.exec(output) ?? [];
  const isGood = code === 0 && passed === all;
  const outcome = !isGood ? 'failed' : all === '0' ? 'not exercised' : 'passed';
  return { scenario, outcome, checks: `${passed}/${all}`, output };
}
