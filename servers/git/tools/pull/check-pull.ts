import type { Check } from '../../outcome/result-fields.ts';
import { remoteRefs } from '../../repository/refs.ts';
import type { Remote } from '../../repository/remotes.ts';
import type { GitSession } from '../../run/session.ts';

/** Looks whether HEAD holds what the remote has now. */
export async function checkPull(
  session: GitSession,
  cwd: string,
  { name, address }: Remote,
  branch: string,
): Promise<Check[]> {
  const ref = `refs/heads/${branch}`;
  const { refs, result } = await remoteRefs(session, cwd, address, [ref]);
  const tip = refs.get(ref);
  const what = `HEAD holds ${branch} of ${name}`;
  if (tip === undefined)
    return [{ what, ok: false, expected: 'a commit there', found: result.said || 'no such branch' }];
  const { exitStatus } = await session.look(cwd, ['merge-base', '--is-ancestor', tip, 'HEAD']);
  if (exitStatus === 0) return [{ what: `${what}, ${tip}`, ok: true }];
  return [{ what, ok: false, expected: tip, found: 'HEAD without it' }];
}
