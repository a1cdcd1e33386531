import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The answer to `roots/list` (MCP, "Roots"): the folders that `mcp.json` lets a server know. */
export interface RootsResult {
  readonly [key: string]: unknown;
  readonly roots: { uri: string; name: string }[];
}

export const rootsResult = (folders: readonly string[]): RootsResult => ({
  roots: folders.map((folder) => ({ uri: pathToFileURL(folder).href, name: basename(folder) })),
});
