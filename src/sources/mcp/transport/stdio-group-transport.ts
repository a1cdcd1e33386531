import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { JSONRPCMessage, Transport, TransportSendOptions } from '@modelcontextprotocol/client';
import { getDefaultEnvironment } from '@modelcontextprotocol/client/stdio';
import { endTree } from '../../../../process-tree/end.ts';
import { identifyChild, type ProcessIdentity } from '../../../../process-tree/identity.ts';
import { Tree } from '../../../../process-tree/tree.ts';
import { newId } from '../../../base/ids.ts';
import type { SpawnLedger } from '../../../store/ports.ts';
import { lineFrames } from './line-frames.ts';

/** The environment variable that marks a server's process and all that descend from it. */
export const SPAWN_COOKIE = 'MEANWHILE_SPAWN';

const STDIN_GRACE_MS = 1_500;
const TERM_GRACE_MS = 3_000;

export interface StdioServerParameters {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly server: string;
  readonly maxFrameBytes: number;
  readonly ledger: SpawnLedger;
  readonly onStderr: (chunk: Buffer) => void;
  readonly onStray: (text: string, reason: 'not_json' | 'too_long') => void;
  /** Set by the SDK on the process it probes; what that one says on stderr is not the server's. */
  readonly stderr?: 'ignore';
}

/**
 * The stdio transport, with a process group and a cookie of its own, so that after `close` nothing of the
 * server is left: `npx` wrappers, grandchildren and detached children included. The process is in the ledger
 * before it runs, so that the next start can end it when we are killed.
 *
 * `pid`, `stderr`, `_serverParams` and `_dispose` are what the SDK looks for before it probes the protocol
 * version on a second, short-lived process instead of spending this one (SDK 2.4, `readStdioServerParams`).
 */
export class StdioGroupTransport implements Transport {
  readonly _serverParams: StdioServerParameters;
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  /** How the process ended, once it has. */
  exit: { readonly code: number | null; readonly signal: NodeJS.Signals | null } | undefined;
  /** How many processes went on when the input was closed, and had to be ended; known once it is closed. */
  endedByUs: number | undefined;
  readonly #spawnId = newId('spawn');
  #child: ChildProcessWithoutNullStreams | undefined;
  #identity: ProcessIdentity | undefined;
  #exited: Promise<void> = Promise.resolve();
  #ending: Promise<void> | undefined;

  constructor(parameters: StdioServerParameters) {
    this._serverParams = parameters;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  get stderr(): null {
    return null; // read by ourselves, see onStderr
  }

  async start(): Promise<void> {
    const { command, args, env, cwd, server, ledger } = this._serverParams;
    await ledger.add({ id: this.#spawnId, server, pid: 0, startedAt: '' });
    const child = spawn(command, [...args], {
      cwd,
      env: { ...inherited(), ...env, [SPAWN_COOKIE]: this.#spawnId },
      detached: true,
      stdio: 'pipe',
    });
    this.#child = child;
    // At once: a server that ends right away could not be identified any more.
    this.#identity = child.pid === undefined ? undefined : identifyChild(child.pid);
    this.#exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.exit = { code, signal };
        resolve();
      });
      child.once('error', () => resolve());
    });
    try {
      await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', reject);
      });
    } catch (error) {
      await ledger.remove(this.#spawnId);
      throw error;
    }
    if (this.#identity !== undefined) await ledger.add({ id: this.#spawnId, server, ...this.#identity });
    this.#listen(child);
  }

  #listen(child: ChildProcessWithoutNullStreams) {
    const { onStderr, onStray, maxFrameBytes } = this._serverParams;
    const frames = lineFrames({
      maxBytes: maxFrameBytes,
      onStray,
      onFrame: (frame) => {
        try {
          this.onmessage?.(frame as JSONRPCMessage);
        } catch (error) {
          this.onerror?.(error as Error);
        }
      },
    });
    child.stdout.on('data', (chunk: Buffer) => frames.push(chunk));
    child.stderr.on('data', this._serverParams.stderr === 'ignore' ? () => {} : onStderr);
    for (const stream of [child.stdin, child.stdout, child.stderr])
      stream.on('error', (error) => this.onerror?.(error));
    // The process is gone, although a descendant may still hold its pipes: what it left behind is ended too.
    void this.#exited.then(() => this.#finish());
  }

  async send(message: JSONRPCMessage, _options?: TransportSendOptions): Promise<void> {
    const stdin = this.#child?.stdin;
    if (stdin === undefined || !stdin.writable) throw new Error('The server process does not run.');
    if (stdin.write(`${JSON.stringify(message)}\n`)) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        stdin.off('drain', done).off('close', done);
        resolve();
      };
      stdin.once('drain', done).once('close', done);
    });
  }

  /** How many processes of the server there are now. */
  countProcesses(): number {
    const root = this.#identity;
    const cookie = { name: SPAWN_COOKIE, value: this.#spawnId };
    return new Tree({ ...(root === undefined ? {} : { root }), cookie }).look().alive.length;
  }

  /** Settles when nothing of the server is left. */
  async close(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    child.stdin.end();
    await settledWithin(this.#exited, STDIN_GRACE_MS);
    await this.#finish();
  }

  /** Ends the short-lived process that the SDK probed the version on. */
  async _dispose(): Promise<void> {
    this.#child?.stdin.end();
    await this.#finish();
  }

  #finish(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    const { ended } = await endTree({
      ...(this.#identity === undefined ? {} : { root: this.#identity }),
      cookie: { name: SPAWN_COOKIE, value: this.#spawnId },
      graceMs: TERM_GRACE_MS,
    });
    this.endedByUs = ended;
    await this.#exited;
    for (const stream of [child?.stdin, child?.stdout, child?.stderr]) stream?.destroy();
    await this._serverParams.ledger.remove(this.#spawnId).catch(() => {
      // The next start finds nothing to end under this entry and takes it out.
    });
    this.onclose?.();
  }
}

async function settledWithin(promise: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise, timeout]);
  clearTimeout(timer);
}

/** What every program needs, and where Node is to keep what it compiled, if that is set. */
function inherited(): Record<string, string> {
  const { NODE_COMPILE_CACHE: cache } = process.env;
  return { ...getDefaultEnvironment(), ...(cache !== undefined && { NODE_COMPILE_CACHE: cache }) };
}
