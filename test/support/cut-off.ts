import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { AtEnd } from './test-host.ts';

/** A way to a server over which the network can go away: streams stay open and silent, and nobody answers. */
export interface CutOff {
  readonly url: string;
  /** Nothing passes any more, and nothing new is accepted. */
  goAway(): Promise<void>;
  /** As `goAway`, and every connection is broken off. */
  breakOff(): Promise<void>;
  /** What stood still goes on, and new connections are accepted again. */
  comeBack(): Promise<void>;
}

export async function cutOff(target: string, atEnd: AtEnd = onTestFinished): Promise<CutOff> {
  const { port: targetPort, pathname } = new URL(target);
  const sockets = new Set<Socket>();
  const pass = (socket: Socket) => {
    const other = connect(Number(targetPort), '127.0.0.1');
    for (const each of [socket, other]) {
      sockets.add(each);
      each.on('error', () => {});
      each.on('close', () => {
        sockets.delete(each);
        socket.destroy();
        other.destroy();
      });
    }
    socket.pipe(other);
    other.pipe(socket);
  };
  let server = createServer(pass);
  const listen = async (port: number) => {
    server = createServer(pass).listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };
  const port = await listen(0);
  atEnd(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return {
    url: `http://127.0.0.1:${port}${pathname}`,
    async goAway() {
      for (const socket of sockets) socket.pause();
      server.close();
    },
    async breakOff() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
    async comeBack() {
      await listen(port);
      for (const socket of sockets) socket.resume();
    },
  };
}
