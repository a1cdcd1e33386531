import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { Writable } from 'node:stream';
import type { Child, ChildExit, ChildRequest } from './child.ts';

/** The size of the terminal, in characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * Starts a program on a pseudo-terminal of its own, as the leader of a session and group. All of its output comes as
 * `stdout`; what is written to it is echoed as on any terminal.
 * @throws when there is no pseudo-terminal to be had
 */
export function spawnInTerminal(request: ChildRequest & { readonly size: TerminalSize }): Child {
  const { columns, rows } = request.size;
  const given = Object.entries(request.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const terminal = nodePty().spawn(request.file, [...request.args], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd: request.cwd,
    env: Object.fromEntries(given),
    encoding: null,
  });
  terminal.onData((bytes) => request.onOutput('stdout', bytes as unknown as Buffer));
  let isOver = false;
  const exit = new Promise<ChildExit>((resolve) => {
    terminal.onExit(({ exitCode, signal }) => {
      isOver = true;
      const name = signalName(signal);
      resolve(name === null ? { exitStatus: exitCode, signal: null } : { exitStatus: null, signal: name });
    });
  });
  const { ptsName } = terminal as unknown as { readonly ptsName?: string };
  return {
    pid: terminal.pid,
    stdin: new Writable({
      write(bytes, _encoding, done) {
        if (!isOver) terminal.write(String(bytes));
        done();
      },
    }),
    ...(ptsName !== undefined && { inputName: ptsName }),
    exit,
    drain: async () => {}, // its end is told after its output
  };
}

/** A native module, loaded only when it is wanted. */
const nodePty = () => createRequire(import.meta.url)('@lydell/node-pty') as typeof import('@lydell/node-pty');

function signalName(number: number | undefined): NodeJS.Signals | null {
  const found = Object.entries(constants.signals).find(([, value]) => value === number);
  return (found?.[0] as NodeJS.Signals | undefined) ?? null;
}
