import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

const LAUNCHER = resolve(import.meta.dirname, '../../../../bin/meanwhile');

/** A command line that runs as a process of its own. */
export interface RunningCli {
  readonly child: ChildProcess;
  /** Settles once stdout or stderr contains the text. Rejects when the process ends without it. */
  said(text: string): Promise<void>;
  readonly ended: Promise<{
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }>;
}

/** Runs bin/meanwhile in a pipe, with the data folder `home`. */
export function runCli(home: string, ...args: string[]): RunningCli {
  const { NO_COLOR: _, ...env } = process.env;
  const child = spawn(LAUNCHER, args, {
    env: { ...env, MEANWHILE_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  const heard = () => {
    for (const listener of listeners) listener();
  };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
    heard();
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
    heard();
  });
  const ended = new Promise<{ status: number | null; stdout: string; stderr: string }>((settle) => {
    child.on('close', (status) => settle({ status, stdout, stderr }));
  });
  return {
    child,
    ended,
    said: (text) =>
      new Promise((settle, reject) => {
        const look = () => {
          if (!(stdout + stderr).includes(text)) return;
          listeners.delete(look);
          settle();
        };
        listeners.add(look);
        ended.then(() => reject(new Error(`ended without saying ${text}:\n${stdout}${stderr}`)));
        look();
      }),
  };
}
