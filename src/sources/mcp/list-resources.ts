import { AppError } from '../../base/errors.ts';
import type { OpenConnection } from './drivers/driver.ts';
import type { WireTap } from './wire/wire-tap.ts';

const MOST = 10_000;
const MOST_PAGES = 1_000;
const PATIENCE_MS = 60_000;

/** A resource as its server lists it. */
export interface ListedResource {
  readonly uri: string;
  readonly name: string;
  readonly title?: string;
}

/**
 * What a server lists now, past the SDK, which might answer from what it kept; at most 10,000.
 * @throws {AppError} `server_unavailable`
 */
export async function listResources(connection: OpenConnection): Promise<readonly ListedResource[]> {
  const { client, tap, server } = connection;
  if (client.getServerCapabilities()?.resources === undefined) return [];
  try {
    return await readPages(tap);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AppError('server_unavailable', `“${server}” does not say what it reports: ${why}`, {
      cause: error,
    });
  }
}

async function readPages(tap: WireTap): Promise<readonly ListedResource[]> {
  const found: ListedResource[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES && found.length < MOST; page++) {
    const answer = await tap.request('resources/list', cursor === undefined ? {} : { cursor }, {
      timeoutMs: PATIENCE_MS,
    });
    for (const entry of Array.isArray(answer.resources) ? (answer.resources as unknown[]) : []) {
      const { uri, name, title } = (entry ?? {}) as Record<string, unknown>;
      if (typeof uri === 'string')
        found.push({
          uri,
          name: typeof name === 'string' ? name : uri,
          ...(typeof title === 'string' && { title }),
        });
    }
    const next = answer.nextCursor;
    if (typeof next !== 'string' || next === '' || next === cursor) break;
    cursor = next;
  }
  return found.slice(0, MOST);
}
