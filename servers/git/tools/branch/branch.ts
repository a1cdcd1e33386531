import * as z from 'zod';
import { type AnyTool, type Outcome, Refusal } from '../../../runtime/tool.ts';
import { branchName, limit, repository, revision, skip } from '../../input/fields.ts';
import { changing } from '../../outcome/changing.ts';
import { failed } from '../../outcome/failed.ts';
import { finished, same } from '../../outcome/finished.ts';
import { gitTool } from '../../outcome/git-tool.ts';
import { CHANGE_FIELDS, type Check } from '../../outcome/result-fields.ts';
import { openRepository, type Repository } from '../../repository/open-repository.ts';
import { localRefs } from '../../repository/refs.ts';
import type { GitContext, GitSession } from '../../run/session.ts';
import { BRANCH, listBranches } from './list-branches.ts';

const INPUT = z.strictObject({
  repository,
  action: z
    .enum(['list', 'create', 'delete', 'rename'], 'expected "list", "create", "delete" or "rename"')
    .default('list')
    .describe('What to do. Switching is done by checkout.'),
  name: branchName.optional().describe('The branch to create, delete or rename.'),
  from: revision.optional().describe('With create: where it begins, HEAD unless told.'),
  to: branchName.optional().describe('With rename: the new name.'),
  force: z
    .boolean('expected true or false')
    .default(false)
    .describe('With delete: also when it holds commits that are nowhere else; they are lost then.'),
  remotes: z
    .boolean('expected true or false')
    .default(false)
    .describe('With list: the remote-tracking ones too.'),
  limit: limit(200, 2_000),
  skip,
});

export type BranchInput = z.infer<typeof INPUT>;

const OUTPUT = z.object({
  ...CHANGE_FIELDS,
  branches: z.array(BRANCH).optional().describe('With list: the branches, the newest first'),
  count: z.int().optional().describe('With list: how many there are in all'),
  head: z.string().optional().describe('The commit of the branch; after delete the one it had'),
});

type Data = z.infer<typeof OUTPUT>;

export function branchTool(context: GitContext): AnyTool {
  return gitTool(context, {
    name: 'branch',
    title: 'Branches',
    description:
      'Lists, creates, deletes or renames branches, and checks what became of them. Deleting refuses what is not ' +
      'merged unless force is given, and says the commit, so that the branch can be made again.',
    input: INPUT,
    output: OUTPUT,
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
    isLong: false,
    async run(args, session) {
      const place = await openRepository(session, args.repository);
      if (args.action === 'list') return listBranches(session, place.path, args);
      return changing<Data>(session, place, { what: 'branch', index: false }, () =>
        change(session, place, args),
      );
    },
  });
}

async function change(session: GitSession, place: Repository, args: BranchInput): Promise<Outcome<Data>> {
  const { action, name, to, from, force } = args;
  const cwd = place.path;
  if (name === undefined) throw new Refusal(`name: ${action} needs the name of a branch`);
  if (action === 'rename' && to === undefined) throw new Refusal('to: rename needs the new name');
  const before = await branchesOf(session, cwd);
  const id = before.get(name);
  if (action !== 'create' && id === undefined) throw new Refusal(`name: there is no branch ${name}`);
  const added = action === 'create' ? name : to;
  if (action !== 'delete' && added !== undefined && before.has(added))
    throw new Refusal(`${action === 'create' ? 'name' : 'to'}: there is a branch ${added} already`);
  const start = action === 'create' ? await commitOf(session, cwd, from) : id;
  const commands: Readonly<Record<string, readonly string[]>> = {
    create: ['branch', '--', name, ...(from === undefined ? [] : [from])],
    delete: ['branch', force ? '-D' : '-d', '--', name],
    rename: ['branch', '-m', '--', name, to ?? ''],
  };
  const result = await session.change(cwd, commands[action] ?? [], { mixed: true });
  const data = { repository: cwd, ...(start !== undefined && { head: start }) };
  if (result.exitStatus !== 0)
    return failed(session, result, { what: `${action} of the branch`, data, remains: '' });
  const after = await branchesOf(session, cwd);
  const checks: Check[] = [
    ...(action === 'create' ? [] : [same(`${name} is gone`, undefined, after.get(name))]),
    ...(action === 'delete' || added === undefined
      ? []
      : [same(`${added} is at ${start}`, start, after.get(added))]),
  ];
  const done = { create: `Created ${name}`, delete: `Deleted ${name}`, rename: `Renamed ${name} to ${to}` };
  return finished(`${done[action as keyof typeof done]} (${start?.slice(0, 10)})`, checks, data);
}

async function branchesOf(session: GitSession, cwd: string): Promise<Map<string, string>> {
  const refs = await localRefs(session, cwd, ['refs/heads/']);
  return new Map([...refs].map(([ref, id]) => [ref.slice('refs/heads/'.length), id]));
}

async function commitOf(session: GitSession, cwd: string, from = 'HEAD'): Promise<string> {
  const id = await session.text(cwd, ['rev-parse', '--verify', '-q', `${from}^{commit}`]);
  if (id === undefined) throw new Refusal(`from: there is no commit ${from}`);
  return id;
}
