import type { Outcome } from '../../../runtime/tool.ts';
import { finished, same } from '../../outcome/finished.ts';
import type { ChangeData, Check } from '../../outcome/result-fields.ts';
import type { Status } from '../../parse/status.ts';
import { readStatus } from '../../repository/read-status.ts';
import { localRefs } from '../../repository/refs.ts';
import type { GitSession } from '../../run/session.ts';

/** Looks whether a clone is what was asked for: HEAD resolves, is at the tip of the remote, the tree is clean. */
export async function checkClone(
  session: GitSession,
  data: { repository: string; url: string },
  wanted: { branch?: string | undefined; submodules: boolean },
): Promise<Outcome<ChangeData & { head?: string; branch?: string; isEmpty?: boolean }>> {
  const { repository, url } = data;
  const status = await readStatus(session, repository);
  if (status === undefined)
    return finished(`Cloned ${url} into ${repository}`, [{ what: 'git status', ok: false }], data);
  const refs = status.head === undefined ? await localRefs(session, repository, ['refs/']) : undefined;
  if (refs?.size === 0 && wanted.branch === undefined) {
    const checks: Check[] = [{ what: 'the remote has no commits yet', ok: true }, clean(status)];
    return finished(`Cloned ${url}, which is empty, into ${repository}`, checks, { ...data, isEmpty: true });
  }
  const { head, branch } = status;
  const checks: Check[] = [
    head === undefined
      ? {
          what: 'HEAD resolves',
          ok: false,
          expected: 'a commit',
          found: 'a branch that the remote does not have',
        }
      : { what: `HEAD resolves to ${head}`, ok: true },
    ...(head !== undefined && branch !== undefined
      ? [same(`${status.upstream} is where HEAD is`, '+0 -0', `+${status.ahead} -${status.behind}`)]
      : []),
    ...(wanted.branch === undefined ? [] : [await isAtBranch(session, repository, status, wanted.branch)]),
    clean(status),
    ...(wanted.submodules ? [await submodulesAreThere(session, repository)] : []),
  ];
  const at = head === undefined ? '' : `: ${branch ?? wanted.branch ?? 'HEAD'} at ${head.slice(0, 10)}`;
  return finished(`Cloned ${url} into ${repository}${at}`, checks, {
    ...data,
    isEmpty: false,
    ...(head !== undefined && { head }),
    ...(branch !== undefined && { branch }),
  });
}

function clean({ entries }: Status): Check {
  const what = 'the working tree is clean';
  if (entries.length === 0) return { what, ok: true };
  const names = entries.slice(0, 10).map(({ path }) => path);
  return { what, ok: false, expected: 'no changes', found: `${entries.length}: ${names.join(', ')}` };
}

async function isAtBranch(
  session: GitSession,
  cwd: string,
  { head, branch }: Status,
  wanted: string,
): Promise<Check> {
  if (branch === wanted) return { what: `the branch is ${wanted}`, ok: true };
  const tag = await session.text(cwd, ['rev-parse', '--verify', '-q', `refs/tags/${wanted}^{commit}`]);
  return same(`HEAD is at ${wanted}`, tag, head);
}

async function submodulesAreThere(session: GitSession, cwd: string): Promise<Check> {
  const text = await session.text(cwd, ['submodule', 'status', '--recursive']);
  const wrong = (text ?? '-').split('\n').filter((line) => /^[-+U]/.test(line));
  const what = 'every submodule is at its commit';
  return wrong.length === 0
    ? { what, ok: true }
    : { what, ok: false, expected: 'all', found: wrong.join(', ') };
}
