import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Askpass {
  /** What git is started with. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const PROGRAM = join(import.meta.dirname, 'askpass-program.ts');

/**
 * Has every prompt of git and ssh come here, over a socket in a folder that only this user can enter.
 * @param answer `undefined`: not answered, so that what asked fails at once
 */
export async function openAskpass(answer: (prompt: string) => Promise<string | undefined>): Promise<Askpass> {
  const folder = mkdtempSync(join(tmpdir(), 'meanwhile-git-'));
  const socketPath = join(folder, 'ask');
  const script = join(folder, 'askpass');
  const words = [process.execPath, PROGRAM, socketPath].map(quoted).join(' ');
  writeFileSync(script, `#!/bin/sh\nexec ${words} "$1"\n`, { mode: 0o700 });
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    let prompt = '';
    socket.setEncoding('utf8');
    socket.on('data', (text) => {
      prompt += text;
    });
    socket.on('error', () => {}); // it was ended while it asked
    socket.on('close', () => sockets.delete(socket));
    socket.on(
      'end',
      () =>
        void answer(prompt).then(
          (text) => socket.end(text ?? ''),
          () => socket.end(),
        ),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  return {
    env: {
      // Whoever has set a program of their own is asked through that one.
      GIT_ASKPASS: process.env.GIT_ASKPASS ?? script,
      SSH_ASKPASS: process.env.SSH_ASKPASS ?? script,
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
