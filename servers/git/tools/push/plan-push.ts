import { Refusal } from '../../../runtime/tool.ts';
import type { GitSession } from '../../run/session.ts';

/** One ref to push, by full names, with the object it has here. */
export interface PlannedRef {
  /** Empty for a deletion. */
  readonly from: string;
  readonly to: string;
  /** Absent for a deletion. */
  readonly id?: string;
}

/**
 * Which refs shall be pushed where.
 * @throws {Refusal} for a ref that there is not, or whose name at the remote is not clear
 */
export async function planPush(
  session: GitSession,
  cwd: string,
  wanted: { refs?: readonly string[] | undefined; delete?: readonly string[] | undefined; tags: boolean },
): Promise<PlannedRef[]> {
  const deletions = (wanted.delete ?? []).map((branch) => ({ from: '', to: `refs/heads/${branch}` }));
  // With only deletions or tags the current branch is not meant.
  const isOther = deletions.length > 0 || wanted.tags;
  const names = wanted.refs ?? (isOther ? [] : [await currentBranch(session, cwd)]);
  const planned = [];
  for (const name of names) planned.push(await planRef(session, cwd, name));
  return [...planned, ...deletions];
}

async function planRef(session: GitSession, cwd: string, text: string): Promise<PlannedRef> {
  const [local = '', there] = text.split(':');
  const id = await session.text(cwd, ['rev-parse', '--verify', '-q', local]);
  if (id === undefined) throw new Refusal(`refs: there is no branch, tag or commit "${local}" here`);
  const full = (await session.text(cwd, ['rev-parse', '--symbolic-full-name', local])) ?? '';
  const target = there ?? (/^refs\/(?:heads|tags)\//.test(full) ? full : undefined);
  if (target === undefined)
    throw new Refusal(`refs: "${local}" is no branch or tag, so say its name there: ${local}:NAME`);
  const folder = full.startsWith('refs/tags/') ? 'refs/tags/' : 'refs/heads/';
  const to = target.startsWith('refs/') ? target : `${folder}${target}`;
  if ((await session.text(cwd, ['check-ref-format', to])) === undefined)
    throw new Refusal(`refs: "${target}" is no name for a branch or tag`);
  return { from: full === '' ? id : full, to, id };
}

async function currentBranch(session: GitSession, cwd: string): Promise<string> {
  const branch = await session.text(cwd, ['symbolic-ref', '-q', 'HEAD']);
  if (branch === undefined) throw new Refusal('refs: HEAD is detached, so name what to push');
  return branch;
}
