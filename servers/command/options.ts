import path from 'node:path';
import { parseArgs } from 'node:util';

/** How the server was started. */
export interface Options {
  /** Absolute. Commands may start in these and in what lies in them; none means that nothing may run. */
  readonly folders: readonly string[];
  /** The programs that may be run; `undefined` means any. */
  readonly allow?: readonly string[];
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs: number;
  readonly maxConcurrent: number;
}

export const USAGE = `Usage: main.ts --folder DIR [--folder DIR…] [--allow NAME,NAME…] [--grace-ms MS] [--max-concurrent N]

  --folder DIR        commands may start in DIR and below; repeatable, the first is the default
  --allow NAME,…      only these programs may be run (default: any)
  --grace-ms MS       time between SIGTERM and SIGKILL when a command is ended (default 3000)
  --max-concurrent N  how many commands may run at once (default 16)`;

/** Reads the arguments behind the program's name. Throws an Error that says which one is wrong. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      folder: { type: 'string', multiple: true, default: [] },
      allow: { type: 'string' },
      'grace-ms': { type: 'string', default: '3000' },
      'max-concurrent': { type: 'string', default: '16' },
    },
  });
  const allow = values.allow?.split(',').map((name) => name.trim());
  return {
    folders: values.folder.map((folder) => path.resolve(folder)),
    ...(allow && { allow: allow.filter((name) => name !== '') }),
    graceMs: wholeNumber('--grace-ms', values['grace-ms'], 0),
    maxConcurrent: wholeNumber('--max-concurrent', values['max-concurrent'], 1),
  };
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > 2 ** 31 - 1)
    throw new Error(`${name}: expected a whole number from ${least}, not "${text}"`);
  return value;
}
