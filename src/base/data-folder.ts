import { resolve } from 'node:path';
import envPaths from 'env-paths';

/**
 * The folder that holds everything of one home: `$MEANWHILE_HOME`, or the place that the platform's convention
 * gives (Linux: `~/.local/share/meanwhile`). Always absolute; it need not exist yet.
 */
export function dataFolder(env: NodeJS.ProcessEnv): string {
  return env.MEANWHILE_HOME ? resolve(env.MEANWHILE_HOME) : envPaths('meanwhile', { suffix: '' }).data;
}
