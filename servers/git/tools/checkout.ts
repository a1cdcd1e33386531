import * as z from 'zod';
import { type AnyTool, type Outcome, Refusal } from '../../runtime/tool.ts';
import { branchName, repository, revision } from '../input/fields.ts';
import { changing } from '../outcome/changing.ts';
import { failed } from '../outcome/failed.ts';
import { finished, same } from '../outcome/finished.ts';
import { gitTool } from '../outcome/git-tool.ts';
import { CHANGE_FIELDS } from '../outcome/result-fields.ts';
import { blockingFiles } from '../parse/blocking-files.ts';
import { openWorkingTree } from '../repository/open-repository.ts';
import { localRefs } from '../repository/refs.ts';
import type { GitContext, GitSession } from '../run/session.ts';

const INPUT = z.strictObject({
  repository,
  ref: revision.describe('The branch to switch to; or a tag or commit, and HEAD is detached.'),
  create: z.boolean('expected true or false').default(false).describe('Make the branch ref first.'),
  from: revision.optional().describe('With create: where the new branch begins, HEAD unless told.'),
});

const OUTPUT = z.object({
  ...CHANGE_FIELDS,
  head: z.string().optional().describe('The commit that is checked out'),
  branch: z.string().optional().describe('The branch; missing when HEAD is detached'),
  blocking: z
    .array(z.string())
    .optional()
    .describe('Files with local changes that would have been overwritten'),
});

type Data = z.infer<typeof OUTPUT>;

export function checkoutTool(context: GitContext): AnyTool {
  return gitTool(context, {
    name: 'checkout',
    title: 'Check out a branch or commit',
    description:
      'Switches the working tree to a branch, tag or commit, and checks that HEAD is there. A branch that only a ' +
      'remote has is made here and follows it. Local changes are never overwritten: it names the files and refuses.',
    input: INPUT,
    output: OUTPUT,
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    isLong: true,
    run: checkout,
  });
}

/** How to switch, and where HEAD must be then. */
interface Plan {
  readonly args: readonly string[];
  readonly branch?: string;
  readonly id?: string;
}

async function checkout(args: z.infer<typeof INPUT>, session: GitSession): Promise<Outcome<Data>> {
  const place = await openWorkingTree(session, args.repository);
  const cwd = place.path;
  return changing<Data>(session, place, { what: 'checkout', index: true }, async () => {
    const plan = await planCheckout(session, cwd, args);
    const result = await session.change(cwd, ['switch', '--progress', ...plan.args], { mixed: true });
    const head = await session.text(cwd, ['rev-parse', '--verify', '-q', 'HEAD'], true);
    const branch = await session.text(cwd, ['symbolic-ref', '-q', '--short', 'HEAD'], true);
    const data = {
      repository: cwd,
      ...(head !== undefined && { head }),
      ...(branch !== undefined && { branch }),
    };
    if (result.exitStatus !== 0) {
      const blocking = blockingFiles(result.said);
      const remains = `HEAD is at ${branch ?? head ?? 'no commit'}.`;
      return failed(session, result, {
        what: 'checkout',
        data: { ...data, ...(blocking.length > 0 && { blocking }) },
        remains,
        ...(blocking.length > 0 && {
          reason: 'would_overwrite',
          summary: `it would overwrite local changes of ${blocking.join(', ')}; commit or stash them`,
        }),
      });
    }
    const checks = [
      same(
        `HEAD is ${plan.branch === undefined ? 'detached' : `the branch ${plan.branch}`}`,
        plan.branch,
        branch,
      ),
      ...(plan.id === undefined ? [] : [same(`HEAD is at ${plan.id}`, plan.id, head)]),
    ];
    return finished(
      `${cwd} is at ${branch ?? args.ref}, ${head?.slice(0, 10) ?? 'no commit yet'}`,
      checks,
      data,
    );
  });
}

async function planCheckout(session: GitSession, cwd: string, args: z.infer<typeof INPUT>): Promise<Plan> {
  const { ref, create, from } = args;
  const idOf = (name: string) => session.text(cwd, ['rev-parse', '--verify', '-q', `${name}^{commit}`]);
  const isBranch = (await idOf(`refs/heads/${ref}`)) !== undefined;
  if (create) {
    const problem = branchName.safeParse(ref).error?.issues[0]?.message;
    if (problem !== undefined) throw new Refusal(`ref: ${problem}`);
    if (isBranch) throw new Refusal(`ref: there is a branch ${ref} already`);
    const id = await idOf(from ?? 'HEAD');
    if (from !== undefined && id === undefined) throw new Refusal(`from: there is no ${from}`);
    return { args: ['--create', ref, ...(from === undefined ? [] : [from])], branch: ref, ...(id && { id }) };
  }
  if (from !== undefined) throw new Refusal('from: goes with create only');
  const id = await idOf(isBranch ? `refs/heads/${ref}` : ref);
  if (isBranch && id !== undefined) return { args: ['--no-guess', ref], branch: ref, id };
  if (id !== undefined) return { args: ['--detach', id], id };
  const tracking = [...(await localRefs(session, cwd, ['refs/remotes/']))];
  const remotes = tracking.filter(([name]) => name.replace(/^refs\/remotes\/[^/]+\//, '') === ref);
  const [only] = remotes;
  if (only === undefined) throw new Refusal(`ref: there is no branch, tag or commit ${ref}`);
  if (remotes.length > 1)
    throw new Refusal(
      `ref: ${remotes.map(([name]) => name.slice('refs/remotes/'.length)).join(', ')}: name one with from, and create`,
    );
  return {
    args: ['--track', '--create', ref, only[0].slice('refs/remotes/'.length)],
    branch: ref,
    id: only[1],
  };
}
