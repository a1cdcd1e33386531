import { same } from '../outcome/finished.ts';
import type { Check } from '../outcome/result-fields.ts';
import type { Repository } from '../repository/open-repository.ts';
import { localRefs, type Refs, remoteRefs } from '../repository/refs.ts';
import type { Remote } from '../repository/remotes.ts';
import type { GitSession } from '../run/session.ts';
import { parseRefspec, trackingRef } from './refspec.ts';

interface Fetched {
  readonly branches?: readonly string[] | undefined;
  readonly prune: boolean;
  readonly tags: boolean;
}

/** Looks whether what is kept here of a remote equals what the remote has now. */
export async function checkFetch(
  session: GitSession,
  { path: cwd }: Repository,
  { name, address }: Remote,
  { branches, prune, tags }: Fetched,
): Promise<Check[]> {
  const text = (await session.text(cwd, ['config', '--get-all', `remote.${name}.fetch`])) ?? '';
  const refspecs = text.split('\n').flatMap((line) => parseRefspec(line) ?? []);
  const { refs: there, result } = await remoteRefs(session, cwd, address);
  if (result.exitStatus !== 0)
    return [{ what: `the refs of ${name}`, ok: false, expected: 'an answer', found: result.said }];
  const here = await localRefs(session, cwd, ['refs/']);
  const isWanted = (ref: string) =>
    branches === undefined || branches.some((branch) => ref === `refs/heads/${branch}`);
  const pairs = [...there].flatMap(([ref, id]) => {
    const tracking = isWanted(ref) ? trackingRef(ref, refspecs) : undefined;
    return tracking === undefined ? [] : [{ ref: tracking, id }];
  });
  const wrong = pairs.filter(({ ref, id }) => here.get(ref) !== id);
  const checks: Check[] = [
    wrong.length === 0
      ? { what: `${pairs.length} remote-tracking branches equal those of ${name}`, ok: true }
      : undefined,
    ...wrong.slice(0, 20).map(({ ref, id }) => same(`${ref} equals the remote`, id, here.get(ref))),
    prune && branches === undefined
      ? noneIsStale(
          here,
          pairs,
          refspecs.map(({ to }) => to),
        )
      : undefined,
    tags ? allTags(here, there) : undefined,
  ].filter((check) => check !== undefined);
  return checks;
}

function noneIsStale(here: Refs, pairs: readonly { ref: string }[], targets: readonly string[]): Check {
  const known = new Set(pairs.map(({ ref }) => ref));
  const isTracking = (ref: string) =>
    targets.some((to) => to.endsWith('*') && ref.startsWith(to.slice(0, -1)) && !ref.endsWith('/HEAD'));
  const stale = [...here.keys()].filter((ref) => isTracking(ref) && !known.has(ref));
  const what = 'no branch is kept that the remote does not have';
  return stale.length === 0
    ? { what, ok: true }
    : { what, ok: false, expected: 'none', found: stale.join(', ') };
}

function allTags(here: Refs, there: Refs): Check {
  const tags = [...there].filter(([ref]) => ref.startsWith('refs/tags/'));
  const wrong = tags.filter(([ref, id]) => here.get(ref) !== id).map(([ref]) => ref);
  const what = `${tags.length} tags equal those of the remote`;
  return wrong.length === 0
    ? { what, ok: true }
    : { what, ok: false, expected: 'all', found: wrong.join(', ') };
}
