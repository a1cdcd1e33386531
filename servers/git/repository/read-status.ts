import { parseStatus, type Status } from '../parse/status.ts';
import type { GitSession } from '../run/session.ts';

export const STATUS_ARGS = ['status', '--porcelain=v2', '--branch', '-z'] as const;

/** The status of a working tree. `undefined` when git does not say. */
export async function readStatus(
  session: GitSession,
  cwd: string,
  evenWhenStopped = false,
): Promise<Status | undefined> {
  const { exitStatus, stdout } = await session.look(cwd, STATUS_ARGS, evenWhenStopped);
  return exitStatus === 0 ? parseStatus(stdout) : undefined;
}
