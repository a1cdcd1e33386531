import { createServer, type Server } from 'node:http';
import { hostname as machineName, networkInterfaces } from 'node:os';
import { getRequestListener } from '@hono/node-server';
import { AppError } from '../base/errors.ts';

/** What is being answered may end by itself for so long, so that a page hears why it is left. */
const ANSWER_GRACE_MS = 250;

type Fetch = (request: Request) => Response | Promise<Response>;

/**
 * Binds the address first and makes the application for it, because the application checks the Host header
 * against it.
 * @throws {AppError} `port_in_use`
 */
export async function listen(
  options: { readonly port: number; readonly hostname: string },
  makeApp: (address: { hosts: ReadonlySet<string>; port: number }) => Fetch,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer();
  const port = await bind(server, options.port, options.hostname);
  const names = servedNames(options.hostname);
  const hosts = new Set(names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])));
  server.on('request', getRequestListener(makeApp({ hosts, port }), { overrideGlobalObjects: false }));
  const shown = isAny(options.hostname) ? '127.0.0.1' : bracketed(options.hostname);
  return {
    url: `http://${shown}:${port}`,
    close: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), ANSWER_GRACE_MS);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
      }),
  };
}

function bind(server: Server, port: number, hostname: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(inWords(error, port, hostname)));
    server.listen(port, hostname, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function inWords(error: NodeJS.ErrnoException, port: number, hostname: string): AppError {
  if (error.code === 'EADDRINUSE')
    return new AppError(
      'port_in_use',
      `The port ${port} is in use by another program. Choose another one: npm start -- --port ${port + 1}`,
    );
  if (error.code === 'EACCES')
    return new AppError(
      'port_in_use',
      `The port ${port} may not be used by this user. Choose one above 1023 with --port.`,
    );
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new AppError(
      'invalid_request',
      `The address ${hostname} is not one of this machine's. Leave --host away to serve this machine only.`,
    );
  return new AppError('internal', `The port ${port} could not be opened: ${error.message}.`, {
    cause: error,
  });
}

/** The names under which the address can be reached, as they stand in a Host header. */
function servedNames(hostname: string): string[] {
  const loopback = ['127.0.0.1', 'localhost', '[::1]'];
  if (!isAny(hostname)) return [...new Set([...loopback, bracketed(hostname).toLowerCase()])];
  const own = Object.values(networkInterfaces()).flatMap(
    (each) => each?.map(({ address }) => bracketed(address)) ?? [],
  );
  return [...new Set([...loopback, machineName().toLowerCase(), ...own])];
}

const isAny = (hostname: string): boolean => hostname === '0.0.0.0' || hostname === '::';
const bracketed = (name: string): string => (name.includes(':') ? `[${name}]` : name);
