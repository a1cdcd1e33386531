import { fork } from 'node:child_process';
import { join } from 'node:path';
import { ending } from './ending.ts';
import type { Open } from './open.ts';

const WORKERS = join(import.meta.dirname, '../workers');

/** A process of its own that does a part of a scene. */
export interface Worker {
  /** @throws {Error} what the worker threw, or that it is gone */
  ask<Answer>(name: string, input?: unknown): Promise<Answer>;
  /** With SIGKILL, as a crash would. @returns when, in epoch milliseconds */
  kill(): number;
  close(): Promise<void>;
}

export interface Question {
  readonly n: number;
  readonly name: string;
  readonly input: unknown;
}

export type Reply =
  | { readonly n: number; readonly answer: unknown }
  | { readonly n: number; readonly error: string };

/** Starts `bench/workers/<name>.ts`; it ends with the scene. */
export function startWorker(open: Open, name: string): Worker {
  const child = fork(join(WORKERS, `${name}.ts`), { serialization: 'advanced' });
  const waiting = new Map<number, (reply: Reply) => void>();
  let n = 0;
  child.on('message', (message) => {
    const reply = message as Reply;
    waiting.get(reply.n)?.(reply);
    waiting.delete(reply.n);
  });
  child.once('exit', (code, signal) => {
    for (const [number, settle] of waiting)
      settle({ n: number, error: `it ended (${signal ?? code}) before it answered` });
  });
  open.defer(() => ending(child));
  return {
    ask<Answer>(question: string, input?: unknown) {
      n += 1;
      const number = n;
      return new Promise<Answer>((resolve, reject) => {
        waiting.set(number, (reply) =>
          'error' in reply
            ? reject(new Error(`${name}: ${question}: ${reply.error}`))
            : resolve(reply.answer as Answer),
        );
        child.send({ n: number, name: question, input } satisfies Question);
      });
    },
    kill() {
      child.kill('SIGKILL');
      return Date.now();
    },
    close: () => ending(child),
  };
}
