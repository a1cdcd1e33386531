import * as z from 'zod';
import type { AnyTool, Outcome } from '../../../runtime/tool.ts';
import { branchName, remoteName, repository, word } from '../../input/fields.ts';
import { changing } from '../../outcome/changing.ts';
import { failed } from '../../outcome/failed.ts';
import { finished } from '../../outcome/finished.ts';
import { gitTool } from '../../outcome/git-tool.ts';
import { CHANGE_FIELDS } from '../../outcome/result-fields.ts';
import { openRepository } from '../../repository/open-repository.ts';
import { openRemote } from '../../repository/remotes.ts';
import type { GitContext, GitSession } from '../../run/session.ts';
import { checkPush, describeRemote } from './check-push.ts';
import { type PushedRef, parsePush } from './parse-push.ts';
import { planPush } from './plan-push.ts';

const INPUT = z.strictObject({
  repository,
  remote: remoteName
    .optional()
    .describe('Name of the remote. Unless told that of the current branch, else origin, else the only one.'),
  refs: z
    .array(
      word('a ref').regex(/^[^+:]+(?::[^+:]+)?$/, 'must be NAME or LOCAL:REMOTE'),
      'expected a list of refs',
    )
    .min(1, 'must not be empty; leave it out for the current branch')
    .max(100, 'must be at most 100 refs')
    .optional()
    .describe(
      'Branches or tags: NAME, or LOCAL:REMOTE for another name there. The current branch unless told.',
    ),
  delete: z
    .array(branchName, 'expected a list of branches')
    .min(1, 'must not be empty')
    .max(100, 'must be at most 100 branches')
    .optional()
    .describe('Branches to delete at the remote.'),
  tags: z.boolean('expected true or false').default(false).describe('Push all tags too.'),
  setUpstream: z
    .boolean('expected true or false')
    .default(false)
    .describe('Make the remote branch the upstream of the local one.'),
  force: z
    .literal('with-lease', 'expected "with-lease"')
    .optional()
    .describe('Overwrite the branch there, unless somebody has pushed to it since the last fetch.'),
});

const PUSHED_REF = z.object({
  from: z.string().describe('The ref here; empty for a deletion'),
  to: z.string().describe('The ref there'),
  state: z.enum(['new', 'updated', 'forced', 'deleted', 'up to date', 'rejected']),
  note: z.string().describe('What git says, such as "[rejected] (non-fast-forward)"'),
});

const OUTPUT = z.object({
  ...CHANGE_FIELDS,
  remote: z.string().optional().describe('Name of the remote'),
  refs: z.array(PUSHED_REF).optional().describe('What became of each ref'),
});

type Data = z.infer<typeof OUTPUT>;

export function pushTool(context: GitContext): AnyTool {
  return gitTool(context, {
    name: 'push',
    title: 'Push to a remote',
    description:
      'Pushes branches and tags to a remote, tells the phases of git with counts, and checks that each ref there ' +
      'equals the local one. Never overwrites what is there unless force is "with-lease".',
    input: INPUT,
    output: OUTPUT,
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
    isLong: true,
    run: push,
  });
}

async function push(args: z.infer<typeof INPUT>, session: GitSession): Promise<Outcome<Data>> {
  const place = await openRepository(session, args.repository);
  const remote = await openRemote(session, place, args.remote, 'push');
  return changing(session, place, { what: 'push', index: false }, async () => {
    const plan = await planPush(session, place.path, args);
    const options = [
      ...(args.setUpstream ? ['--set-upstream'] : []),
      ...(args.force === undefined ? [] : ['--force-with-lease']),
      ...(args.tags ? ['--tags'] : []),
    ];
    const refspecs = plan.map(({ from, to }) => `${from}:${to}`);
    const pushing = [
      'push',
      '--porcelain',
      '--progress',
      ...options,
      ...session.submoduleOptions,
      '--',
      remote.name,
      ...refspecs,
    ];
    const result = await session.transfer(place.path, pushing);
    const refs = parsePush(result.stdout);
    const data = { repository: place.path, remote: remote.name, refs };
    session.remains = 'The push was over, but it was not checked.';
    if (result.exitStatus !== 0) {
      const rejected = refs.filter(({ state }) => state === 'rejected');
      const remains = await describeRemote(session, place.path, remote, plan);
      return failed(session, result, {
        what: 'push',
        data,
        remains,
        ...(rejected.length > 0 && { reason: 'rejected', summary: describeRejected(rejected) }),
      });
    }
    const checks = await checkPush(session, place.path, remote, { plan, tags: args.tags });
    return finished(`Pushed to ${remote.name}: ${refs.map(describeRef).join(', ')}`, checks, data);
  });
}

const short = (ref: string): string => ref.replace(/^refs\/(?:heads|tags)\//, '');

const describeRef = ({ to, state }: PushedRef): string => `${short(to)} (${state})`;

const describeRejected = (rejected: readonly PushedRef[]): string =>
  `the remote refused ${rejected.map(({ to, note }) => `${short(to)}: ${note}`).join('; ')}`;
