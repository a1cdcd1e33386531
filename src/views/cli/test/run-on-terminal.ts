import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const LAUNCHER = resolve(import.meta.dirname, '../../../../bin/meanwhile');

/** A command line that runs on a terminal of its own. */
export interface CliOnTerminal {
  /** Settles once the terminal shows the text. Rejects when the process ends without it. */
  said(text: string): Promise<void>;
  /** All that the terminal has shown so far. */
  shown(): string;
  type(keys: string): void;
  readonly ended: Promise<{ readonly status: number | null; readonly output: string }>;
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** Runs bin/meanwhile on a pseudo-terminal, with the data folder `home`. */
export const runOnTerminal = (home: string, ...args: string[]): CliOnTerminal =>
  runWordsOnTerminal(home, [LAUNCHER, '--no-color', ...args]);

/** Runs any program on a pseudo-terminal that `script` (util-linux, macOS) makes. */
export function runWordsOnTerminal(home: string, words: readonly string[], cwd?: string): CliOnTerminal {
  const { NO_COLOR: _, ...env } = process.env;
  const script =
    process.platform === 'darwin'
      ? ['-q', '/dev/null', ...words]
      : ['-qefc', words.map(quoted).join(' '), '/dev/null'];
  const child = spawn('script', script, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...env, MEANWHILE_HOME: home, TERM: 'xterm', SHELL: '/bin/sh' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
    for (const listener of listeners) listener();
  });
  const ended = new Promise<{ status: number | null; output: string }>((settle) => {
    child.on('close', (status) => settle({ status, output }));
  });
  return {
    ended,
    shown: () => output,
    type: (keys) => void child.stdin.write(keys),
    said: (text) =>
      new Promise((settle, reject) => {
        const look = () => {
          if (!output.includes(text)) return;
          listeners.delete(look);
          settle();
        };
        listeners.add(look);
        ended.then(() => reject(new Error(`ended without showing ${text}:\n${output}`)));
        look();
      }),
  };
}
