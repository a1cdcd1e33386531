import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { ListName, ResourceContent } from '../../source.ts';
import { jsonText } from '../wire/read-frame.ts';
import type { WireTap } from '../wire/wire-tap.ts';

const READ_MS = 60_000;
const MOST_CHARS = 1024 * 1024;
const MOST_NAMES = 10_000;
const MOST_PAGES = 1_000;

const Contents = z.array(
  z.looseObject({
    uri: z.string().optional(),
    mimeType: z.string().optional(),
    text: z.string().optional(),
    blob: z.string().optional(),
  }),
);

/**
 * Reads a resource past the SDK, which might answer from what it kept.
 * @throws {RpcFault | Error} what went wrong
 */
export async function readResource(tap: WireTap, uri: string, signal: AbortSignal): Promise<ResourceContent> {
  const answer = await tap.request('resources/read', { uri }, { timeoutMs: READ_MS, signal });
  const contents = Contents.safeParse(answer.contents);
  if (!contents.success) throw new Error('its answer holds no contents');
  const [first] = contents.data;
  const found = contents.data.find((each) => each.uri === uri) ?? first;
  const text = found?.text;
  const isCut = text !== undefined && text.length > MOST_CHARS;
  const json = text === undefined || isCut ? undefined : parsed(text);
  const hash = createHash('sha256');
  for (const each of contents.data)
    hash.update(JSON.stringify([each.uri, each.mimeType, each.text ?? null, each.blob ?? null]));
  return {
    uri,
    ...(found?.mimeType !== undefined && { mimeType: found.mimeType }),
    ...(text !== undefined && { text: isCut ? text.slice(0, MOST_CHARS) : text }),
    ...(json !== undefined && { json }),
    isCut,
    digest: hash.digest('hex'),
  };
}

/** The names in a list of a server, of resources the URIs. @throws {RpcFault | Error} what went wrong */
export async function readList(
  tap: WireTap,
  list: ListName,
  signal: AbortSignal,
): Promise<{ readonly names: readonly string[]; readonly digest: string }> {
  const names: string[] = [];
  const hash = createHash('sha256');
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await tap.request(`${list}/list`, cursor === undefined ? {} : { cursor }, {
      timeoutMs: READ_MS,
      signal,
    });
    const entries = Array.isArray(answer[list]) ? (answer[list] as unknown[]) : undefined;
    if (entries === undefined) throw new Error(`its answer holds no ${list}`);
    for (const entry of entries) {
      hash.update(jsonText(entry) ?? '');
      const name = (entry as Record<string, unknown> | null)?.[list === 'resources' ? 'uri' : 'name'];
      if (typeof name === 'string' && names.length < MOST_NAMES) names.push(name);
    }
    const next = answer.nextCursor;
    if (typeof next !== 'string' || next === '' || next === cursor) break;
    cursor = next;
  }
  return { names, digest: hash.digest('hex') };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
