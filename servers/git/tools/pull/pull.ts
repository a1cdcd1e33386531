import * as z from 'zod';
import { type AnyTool, type Outcome, Refusal } from '../../../runtime/tool.ts';
import { branchName, remoteName, repository } from '../../input/fields.ts';
import { changing } from '../../outcome/changing.ts';
import { failed } from '../../outcome/failed.ts';
import { finished } from '../../outcome/finished.ts';
import { gitTool } from '../../outcome/git-tool.ts';
import { CHANGE_FIELDS } from '../../outcome/result-fields.ts';
import { blockingFiles } from '../../parse/blocking-files.ts';
import { openWorkingTree, type Repository } from '../../repository/open-repository.ts';
import { openRemote } from '../../repository/remotes.ts';
import { describeUnfinished, readUnfinished } from '../../repository/unfinished.ts';
import { readUpstream } from '../../repository/upstream.ts';
import type { GitContext, GitSession, TransferResult } from '../../run/session.ts';
import { checkPull } from './check-pull.ts';

const INPUT = z.strictObject({
  repository,
  mode: z
    .enum(['ff-only', 'merge', 'rebase'], 'expected "ff-only", "merge" or "rebase"')
    .default('ff-only')
    .describe('What to do when both sides have new commits: refuse (ff-only), merge, or rebase.'),
  remote: remoteName.optional().describe('Name of the remote; that of the upstream unless told.'),
  branch: branchName.optional().describe('The branch there; the upstream unless told.'),
});

const OUTPUT = z.object({
  ...CHANGE_FIELDS,
  remote: z.string().optional().describe('Name of the remote'),
  branch: z.string().optional().describe('The branch there'),
  before: z.string().optional().describe('HEAD before'),
  after: z.string().optional().describe('HEAD now'),
  conflicts: z.array(z.string()).optional().describe('Files with conflicts'),
  unfinished: z.string().optional().describe('What git waits for: "merge" or "rebase"'),
  blocking: z
    .array(z.string())
    .optional()
    .describe('Files with local changes that would have been overwritten'),
});

type Data = z.infer<typeof OUTPUT>;

export function pullTool(context: GitContext): AnyTool {
  return gitTool(context, {
    name: 'pull',
    title: 'Pull from a remote',
    description:
      'Fetches the upstream of the current branch and brings the branch up to it: only forward unless mode says merge ' +
      'or rebase. Tells the phases of git with counts, checks that HEAD holds the upstream, and names conflicts by file.',
    input: INPUT,
    output: OUTPUT,
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
    isLong: true,
    run: pull,
  });
}

const HOW = { 'ff-only': ['--ff-only'], merge: ['--no-rebase', '--ff', '--no-edit'], rebase: ['--rebase'] };

async function pull(args: z.infer<typeof INPUT>, session: GitSession): Promise<Outcome<Data>> {
  const place = await openWorkingTree(session, args.repository);
  const remote = await openRemote(session, place, args.remote, 'fetch');
  const cwd = place.path;
  const branch = args.branch ?? (await upstreamBranch(session, cwd));
  return changing(session, place, { what: 'pull', index: true }, async () => {
    const before = await session.text(cwd, ['rev-parse', '--verify', '-q', 'HEAD']);
    const unfinished = readUnfinished(place);
    if (unfinished !== undefined) throw new Refusal(`repository: ${describeUnfinished(unfinished)}`);
    const pulling = [
      'pull',
      '--progress',
      ...HOW[args.mode],
      ...session.submoduleOptions,
      '--',
      remote.name,
      branch,
    ];
    const result = await session.transfer(cwd, pulling, { mixed: true });
    const after = await session.text(cwd, ['rev-parse', '--verify', '-q', 'HEAD'], true);
    const data = {
      repository: cwd,
      remote: remote.name,
      branch,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    };
    session.remains = 'The pull was over, but it was not checked.';
    if (result.exitStatus !== 0) return notPulled(session, place, result, data);
    const checks = await checkPull(session, cwd, remote, branch);
    const news = before === after ? 'nothing new' : `HEAD is at ${after?.slice(0, 10)}`;
    return finished(`Pulled ${branch} from ${remote.name}: ${news}`, checks, data);
  });
}

async function notPulled(
  session: GitSession,
  place: Repository,
  result: TransferResult,
  data: Omit<Data, 'verified' | 'checks'>,
): Promise<Outcome<Data>> {
  const text = await session.text(place.path, ['diff', '--name-only', '--diff-filter=U', '-z'], true);
  const conflicts = (text ?? '').split('\0').filter((name) => name !== '');
  const unfinished = readUnfinished(place);
  const blocking = blockingFiles(result.said);
  const moved = data.before === data.after ? 'HEAD is where it was' : 'HEAD has moved';
  const remains = unfinished === undefined ? `${moved}.` : `${moved}. ${describeUnfinished(unfinished)}`;
  const all = {
    ...data,
    ...(conflicts.length > 0 && { conflicts }),
    ...(unfinished !== undefined && { unfinished }),
    ...(blocking.length > 0 && { blocking }),
  };
  const why =
    conflicts.length > 0
      ? { reason: 'conflict' as const, summary: `conflicts in ${conflicts.join(', ')}` }
      : blocking.length > 0
        ? { reason: 'would_overwrite' as const, summary: `it would overwrite ${blocking.join(', ')}` }
        : {};
  return failed(session, result, { what: 'pull', data: all, remains, ...why });
}

async function upstreamBranch(session: GitSession, cwd: string): Promise<string> {
  const upstream = await readUpstream(session, cwd);
  if (upstream === undefined)
    throw new Refusal('branch: no branch is checked out that has a commit, so name the branch to pull');
  const { branch, remote, ref } = upstream;
  if (remote === undefined || remote === '.' || !ref?.startsWith('refs/heads/'))
    throw new Refusal(`branch: ${branch} has no upstream at a remote, so name the branch to pull`);
  return ref.slice('refs/heads/'.length);
}
