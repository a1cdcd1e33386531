import { same } from '../../outcome/finished.ts';
import type { Check } from '../../outcome/result-fields.ts';
import { localRefs, remoteRefs } from '../../repository/refs.ts';
import type { Remote } from '../../repository/remotes.ts';
import type { GitSession } from '../../run/session.ts';
import type { PlannedRef } from './plan-push.ts';

/** Looks at the remote whether every ref is what it is here. */
export async function checkPush(
  session: GitSession,
  cwd: string,
  { name, address }: Remote,
  { plan, tags }: { plan: readonly PlannedRef[]; tags: boolean },
): Promise<Check[]> {
  const { refs: there, result } = await remoteRefs(session, cwd, address);
  if (result.exitStatus !== 0)
    return [{ what: `the refs of ${name}`, ok: false, expected: 'an answer', found: result.said }];
  const checks = plan.map(({ to, id }) =>
    id === undefined
      ? same(`${to} is gone at ${name}`, undefined, there.get(to))
      : same(`${to} at ${name} equals the local one, ${id}`, id, there.get(to)),
  );
  if (!tags) return checks;
  const wrong = [...(await localRefs(session, cwd, ['refs/tags/']))].filter(
    ([ref, id]) => there.get(ref) !== id,
  );
  const what = `every tag is at ${name}`;
  const missing = wrong.map(([ref]) => ref).join(', ');
  return [
    ...checks,
    wrong.length === 0
      ? { what, ok: true }
      : { what, ok: false, expected: 'all', found: `without ${missing}` },
  ];
}

/** After a push that did not succeed: what the remote has now, as a sentence. */
export async function describeRemote(
  session: GitSession,
  cwd: string,
  { name, address }: Remote,
  plan: readonly PlannedRef[],
): Promise<string> {
  const names = plan.map(({ to }) => to);
  const text = await session.text(cwd, ['ls-remote', '--', address, ...names], true).catch(() => undefined);
  if (text === undefined) return `What ${name} has now could not be seen.`;
  const there = new Map(text.split('\n').map((line) => line.split('\t').reverse() as [string, string]));
  const taken = plan.filter(({ to, id }) => there.get(to) === id).map(({ to }) => to);
  return taken.length === 0
    ? `Nothing of it is at ${name}; its refs are not what would have been pushed.`
    : `At ${name} all the same as here: ${taken.join(', ')}.`;
}
