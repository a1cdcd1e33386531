import * as z from 'zod';
import type { AnyTool, Outcome } from '../../runtime/tool.ts';
import { checkFetch } from '../checks/check-fetch.ts';
import { branchName, remoteName, repository } from '../input/fields.ts';
import { changing } from '../outcome/changing.ts';
import { failed } from '../outcome/failed.ts';
import { finished } from '../outcome/finished.ts';
import { gitTool } from '../outcome/git-tool.ts';
import { CHANGE_FIELDS } from '../outcome/result-fields.ts';
import { openRepository } from '../repository/open-repository.ts';
import { changedRefs, localRefs } from '../repository/refs.ts';
import { openRemote } from '../repository/remotes.ts';
import type { GitContext, GitSession } from '../run/session.ts';

const INPUT = z.strictObject({
  repository,
  remote: remoteName
    .optional()
    .describe('Name of the remote. Unless told that of the current branch, else origin, else the only one.'),
  branches: z
    .array(branchName, 'expected a list of branches')
    .min(1, 'must not be empty; leave it out for all')
    .max(100, 'must be at most 100 branches')
    .optional()
    .describe('Only these branches of the remote.'),
  prune: z
    .boolean('expected true or false')
    .default(false)
    .describe('Remove remote-tracking branches that the remote does not have any more.'),
  tags: z
    .boolean('expected true or false')
    .default(false)
    .describe('All tags, not only those on what is fetched.'),
  unshallow: z.boolean('expected true or false').default(false).describe('Make a shallow clone a whole one.'),
});

export const CHANGED_REF = z.object({
  ref: z.string().describe('Full name, such as refs/remotes/origin/main'),
  before: z.string().optional().describe('Missing when it is new'),
  after: z.string().optional().describe('Missing when it was removed'),
});

const OUTPUT = z.object({
  ...CHANGE_FIELDS,
  remote: z.string().optional().describe('Name of the remote'),
  changed: z
    .array(CHANGED_REF)
    .optional()
    .describe('The refs here that are new, moved or removed; at most 200'),
  changedCount: z.int().optional().describe('How many there are in all'),
});

type Data = z.infer<typeof OUTPUT>;

const MOST_CHANGED = 200;

export function fetchTool(context: GitContext): AnyTool {
  return gitTool(context, {
    name: 'fetch',
    title: 'Fetch from a remote',
    description:
      'Fetches what is new at a remote, without changing branches or files here, tells the phases of git with counts, ' +
      'and checks that the remote-tracking branches equal those of the remote.',
    input: INPUT,
    output: OUTPUT,
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
    isLong: true,
    run: fetchRemote,
  });
}

async function fetchRemote(args: z.infer<typeof INPUT>, session: GitSession): Promise<Outcome<Data>> {
  const place = await openRepository(session, args.repository);
  const remote = await openRemote(session, place, args.remote, 'fetch');
  return changing(session, place, { what: 'fetch', index: false }, async () => {
    const prefixes = [`refs/remotes/${remote.name}/`, 'refs/tags/', ...(place.isBare ? ['refs/heads/'] : [])];
    const before = await localRefs(session, place.path, prefixes);
    const options = [
      ...(args.prune ? ['--prune'] : []),
      ...(args.tags ? ['--tags'] : []),
      ...(args.unshallow ? ['--unshallow'] : []),
    ];
    const branches = args.branches ?? [];
    const fetching = [
      'fetch',
      '--progress',
      ...options,
      ...session.submoduleOptions,
      '--',
      remote.name,
      ...branches,
    ];
    const result = await session.transfer(place.path, fetching, { mixed: true });
    const changed = changedRefs(before, await localRefs(session, place.path, prefixes, true));
    const data = {
      repository: place.path,
      remote: remote.name,
      changed: changed.slice(0, MOST_CHANGED),
      changedCount: changed.length,
    };
    session.remains = remains(changed.length);
    if (result.exitStatus !== 0)
      return failed(session, result, { what: 'fetch', data, remains: remains(changed.length) });
    const checks = await checkFetch(session, place, remote, args);
    const news = changed.length === 0 ? 'nothing new' : `${changed.length} refs changed`;
    return finished(`Fetched from ${remote.name} into ${place.path}: ${news}`, checks, data);
  });
}

const remains = (changed: number): string =>
  changed === 0
    ? 'The refs of the repository are as before.'
    : `${changed} refs were updated before it ended and stay; they are whole.`;
