import { type Paint, paintFor } from '../render/colour.ts';
import { openPrompt, type Prompt } from './prompt.ts';

/** One of the two streams that we write to. */
export interface Output {
  write(text: string): void;
  /** A terminal on which the cursor can be moved. */
  readonly interactive: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
  /** Called when the terminal changes its size. Returns its undo. */
  onResize(listener: () => void): () => void;
}

/** What a command has around it. Results go to `stdout`, everything said about them to `stderr`. */
export interface Shell {
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Asks the person at the terminal; undefined where there is none to ask. */
  readonly prompt: ((signal?: AbortSignal) => Prompt) | undefined;
  /** Called at Ctrl-C instead of ending the process. Returns its undo. */
  onInterrupt(listener: () => void): () => void;
}

export function shellOf(process: NodeJS.Process, colour: boolean): Shell {
  const stderr = outputOf(process.stderr, process.env, colour);
  return {
    env: process.env,
    stdout: outputOf(process.stdout, process.env, colour),
    stderr,
    prompt:
      process.stdin.isTTY === true && stderr.interactive
        ? (signal) => openPrompt(process.stdin, process.stderr, signal)
        : undefined,
    onInterrupt(listener) {
      process.on('SIGINT', listener);
      return () => process.off('SIGINT', listener);
    },
  };
}

function outputOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv, colour: boolean): Output {
  return {
    write: (text) => void stream.write(text),
    interactive: stream.isTTY === true && env.TERM !== 'dumb',
    get columns() {
      return stream.columns || 80;
    },
    get rows() {
      return stream.rows || 24;
    },
    paint: paintFor(stream, env, colour),
    onResize(listener) {
      stream.on('resize', listener);
      return () => stream.off('resize', listener);
    },
  };
}
