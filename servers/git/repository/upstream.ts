import type { GitSession } from '../run/session.ts';

/** What the branch that is checked out follows. */
export interface Upstream {
  /** Without refs/heads/. */
  readonly branch: string;
  /** Name of the remote; `.` is this repository. Absent without an upstream. */
  readonly remote?: string;
  /** Full name of the branch there. */
  readonly ref?: string;
}

const FORMAT = '--format=%(HEAD)%00%(refname)%00%(upstream:remotename)%00%(upstream:remoteref)';

/** `undefined` when HEAD is detached, or before the first commit. */
export async function readUpstream(session: GitSession, cwd: string): Promise<Upstream | undefined> {
  const text = (await session.text(cwd, ['for-each-ref', FORMAT, 'refs/heads/'])) ?? '';
  const current = text.split('\n').find((line) => line.startsWith('*'));
  if (current === undefined) return undefined;
  const [, name = '', remote, ref] = current.split('\0');
  return {
    branch: name.slice('refs/heads/'.length),
    ...(remote && { remote }),
    ...(ref && { ref }),
  };
}
