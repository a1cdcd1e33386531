import { same } from '../outcome/finished.ts';
import type { Check } from '../outcome/result-fields.ts';
import type { GitSession } from '../run/session.ts';

/**
 * Looks whether HEAD is a new commit on top of the one before, with what is staged in it.
 * @param before HEAD before; absent when there was none
 */
export async function checkCommit(
  session: GitSession,
  cwd: string,
  before: string | undefined,
  isAmended: boolean,
): Promise<{ checks: Check[]; parent?: string }> {
  const parent = await session.text(cwd, ['rev-parse', '--verify', '-q', 'HEAD^1']);
  const wanted = isAmended ? await session.text(cwd, ['rev-parse', '--verify', '-q', `${before}^1`]) : before;
  const tree = await session.text(cwd, ['rev-parse', '--verify', '-q', 'HEAD^{tree}']);
  const index = await session.text(cwd, ['write-tree']);
  const checks = [
    same('the parent is the commit that was seen before', wanted, parent),
    same('the commit holds what is staged', index, tree),
  ];
  return { checks, ...(parent !== undefined && { parent }) };
}
