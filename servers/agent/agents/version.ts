import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { clean, toMessage } from '../../runtime/output/clean.ts';
import { startProcess } from '../../runtime/process/start-process.ts';
import { AGENT_ENV } from '../drive/drive.ts';

const LIMIT_MS = 3_000;
const KEEP = 4_096;
const known = new Map<string, string>();

/** What a program says to `--version`, its first line with a number; `undefined` when it does not say so quickly. */
export async function versionOf(program: string): Promise<string | undefined> {
  const key = `${program} ${statSync(program, { throwIfNoEntry: false })?.mtimeMs}`;
  const version = known.get(key) ?? (await askVersion(program));
  if (version !== undefined) known.set(key, version);
  return version;
}

async function askVersion(program: string): Promise<string | undefined> {
  let text = '';
  const running = startProcess({
    ...{ file: program, args: ['--version'], cwd: tmpdir(), env: AGENT_ENV, graceMs: 0 },
    onOutput(stream, bytes) {
      if (stream === 'stdout' && text.length < KEEP) text += bytes;
    },
  });
  const late = new AbortController();
  const stop = sleep(LIMIT_MS, undefined, { signal: late.signal }).then(running.stop, () => {});
  const outcome = await running.outcome.catch(() => undefined);
  late.abort();
  await stop;
  if (outcome?.exitStatus !== 0) return undefined;
  const line = clean(text)
    .split('\n')
    .find((each) => /\d+\.\d+/.test(each));
  return line === undefined ? undefined : toMessage(line, 80);
}
