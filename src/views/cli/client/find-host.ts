import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFolder } from '../../../base/data-folder.ts';
import { AppError } from '../../../base/errors.ts';

/** Where a running host answers, as it wrote it into the file `host.json` of its data folder. */
export interface Host {
  readonly url: string;
  readonly token?: string;
  readonly pid?: number;
  readonly version?: string;
}

export const noHostAt = (place: string, cause?: unknown): AppError =>
  new AppError('host_unreachable', `No host answers at ${place}. Start one with \`npm start\`.`, { cause });

/**
 * The host of the data folder and the token to speak to it with. Whether it still answers is not known yet.
 * @throws {AppError} `host_unreachable` when no host has written there
 */
export async function findHost(env: NodeJS.ProcessEnv): Promise<Host> {
  const folder = dataFolder(env);
  const [written, token] = await Promise.all([
    readIfThere(join(folder, 'host.json')),
    readIfThere(join(folder, 'token')),
  ]);
  const host = parse(written);
  if (!host) throw noHostAt(`the data folder ${folder}`);
  return { ...host, url: host.url.replace(/\/+$/, ''), ...(token ? { token: token.trim() } : {}) };
}

function parse(text: string | undefined): Host | undefined {
  try {
    const host = JSON.parse(text ?? 'null');
    return typeof host?.url === 'string' ? host : undefined;
  } catch {
    return undefined;
  }
}

/** A file that cannot be read is as good as none here; the doctor says why. */
async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
