import { homedir } from 'node:os';
import path from 'node:path';

/** Where the agent servers of one person say what runs, so that they see each other. */
export function stateFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const state = env.XDG_STATE_HOME;
  const base = state && path.isAbsolute(state) ? state : path.join(homedir(), '.local', 'state');
  return path.join(base, 'meanwhile', 'agent-runs');
}
