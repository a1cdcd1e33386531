import type { GitSession, TransferResult } from '../run/session.ts';

/** Full name of a ref → object id. */
export type Refs = ReadonlyMap<string, string>;

/** The refs here, of which the name begins like one of these. What only points to another ref is left out. */
export async function localRefs(
  session: GitSession,
  cwd: string,
  prefixes: readonly string[],
  evenWhenStopped = false,
): Promise<Refs> {
  const args = [
    'for-each-ref',
    '--format=%(if)%(symref)%(then)%(else)%(objectname) %(refname)%(end)',
    ...prefixes,
  ];
  return readRefs((await session.text(cwd, args, evenWhenStopped)) ?? '');
}

/** The refs there; all of `refs/` or those that match exactly. */
export async function remoteRefs(
  session: GitSession,
  cwd: string,
  address: string,
  names: readonly string[] = [],
): Promise<{ readonly refs: Refs; readonly result: TransferResult }> {
  const result = await session.transfer(cwd, ['ls-remote', '--', address, ...names], { quiet: true });
  return { refs: readRefs(result.stdout), result };
}

/** What differs between two looks at refs, by name. */
export function changedRefs(before: Refs, after: Refs): { ref: string; before?: string; after?: string }[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names
    .filter((ref) => before.get(ref) !== after.get(ref))
    .map((ref) => {
      const [was, is] = [before.get(ref), after.get(ref)];
      return { ref, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) };
    });
}

/** Lines of an object id, blank space, a name. Peeled tags (`…^{}`) are left out. */
function readRefs(text: string): Refs {
  const rows = text.split('\n').flatMap((line) => {
    const [, id, name] = /^([0-9a-f]{40,64})\s(.+)$/.exec(line) ?? [];
    return id === undefined || name === undefined || name.endsWith('^{}') ? [] : [[name, id] as const];
  });
  return new Map(rows);
}
