import { createInterface } from 'node:readline';

/** Where a person is asked line by line. */
export interface Prompt {
  /** The line that was typed; undefined once the person has left (Ctrl-D) or the asking was called off. */
  ask(prompt: string): Promise<string | undefined>;
  say(text: string): void;
  close(): void;
}

/**
 * Asks on a terminal. What is typed ahead waits for its question. Ctrl-C is handed on as the signal that it is.
 * @param signal calls the asking off
 */
export function openPrompt(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  signal?: AbortSignal,
): Prompt {
  const lines: string[] = [];
  let waiting: ((line: string | undefined) => void) | undefined;
  let left = false;
  const terminal = createInterface({ input, output, terminal: true });
  const leave = () => {
    if (left) return;
    left = true;
    signal?.removeEventListener('abort', leave);
    terminal.close();
    waiting?.(undefined);
  };
  terminal.on('line', (line) => {
    if (waiting === undefined) lines.push(line);
    else waiting(line);
    waiting = undefined;
  });
  terminal.on('close', leave);
  terminal.on('SIGINT', () => {
    output.write('\n');
    leave();
    process.kill(process.pid, 'SIGINT');
  });
  signal?.addEventListener('abort', leave, { once: true });
  if (signal?.aborted) leave();
  return {
    ask(prompt) {
      const ahead = lines.shift();
      if (ahead !== undefined || left) return Promise.resolve(ahead);
      terminal.setPrompt(prompt);
      terminal.prompt();
      return new Promise((settle) => {
        waiting = settle;
      });
    },
    say: (text) => void output.write(text.endsWith('\n') ? text : `${text}\n`),
    close: leave,
  };
}
