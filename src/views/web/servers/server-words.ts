import type { ServerView } from '../data/types.ts';
import type { Look } from '../task/view.ts';

export const STATE_LOOK: Readonly<Record<ServerView['state'], Look>> = {
  connecting: 'running',
  ready: 'good',
  off: 'cancelled',
  failed: 'bad',
  removed: 'cancelled',
};
export const STATE_WORDS: Readonly<Record<ServerView['state'], string>> = {
  connecting: 'Connecting…',
  ready: 'Ready',
  off: 'Off',
  failed: 'Not connected',
  removed: 'Removed',
};

export const TRANSPORT_WORDS: Readonly<Record<ServerView['transport'], string>> = {
  stdio: 'program on this machine',
  http: 'over HTTP',
  sse: 'over HTTP+SSE (2024-11-05)',
};

/** What the generation of long work means for the tasks of this server. */
export function generationWords(generation: ServerView['generation']): string | undefined {
  if (generation === 'plain') return 'plain calls';
  if (generation === 'v1') return 'tasks of 2025-11-25';
  return generation === 'v2' ? 'tasks of 2026-07-28' : undefined;
}
