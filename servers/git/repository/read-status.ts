import { parseStatus, type Status } from '../parse/status.ts';
import type { GitSession } from '../run/session.ts';

/** Untracked files too, also where the user's settings hide them. */
export const STATUS_ARGS = [
  'status',
  '--porcelain=v2',
  '--branch',
  '--untracked-files=normal',
  '-z',
] as const;

/** The status of a working tree. `undefined` when git does not say. */
export async function readStatus(
  session: GitSession,
  cwd: string,
  evenWhenStopped = false,
): Promise<Status | undefined> {
  const { exitStatus, stdout } = await session.look(cwd, STATUS_ARGS, evenWhenStopped);
  return exitStatus === 0 ? parseStatus(stdout) : undefined;
}
