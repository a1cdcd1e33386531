import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerEntry } from '../../src/sources/server-entry.ts';
import { type Open, tempFolder } from './open.ts';
import { startWorker, type Worker } from './worker.ts';

export interface BenchHost {
  readonly url: string;
  readonly token: string;
  readonly worker: Worker;
}

/** A data folder whose mcp.json names these servers. */
export function folderWith(open: Open, servers: Readonly<Record<string, ServerEntry>>): string {
  const folder = tempFolder(open);
  writeFileSync(join(folder, 'mcp.json'), JSON.stringify({ mcpServers: servers }));
  return folder;
}

/** Starts a host in a process of its own. */
export async function startBenchHost(open: Open, folder: string): Promise<BenchHost> {
  const worker = startWorker(open, 'host');
  return { ...(await worker.ask<{ url: string; token: string }>('start', folder)), worker };
}
