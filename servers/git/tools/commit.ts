import * as z from 'zod';
import { type AnyTool, type Outcome, Refusal } from '../../runtime/tool.ts';
import { checkCommit } from '../checks/check-commit.ts';
import { paths, repository, word } from '../input/fields.ts';
import { changing } from '../outcome/changing.ts';
import { failed } from '../outcome/failed.ts';
import { finished } from '../outcome/finished.ts';
import { gitTool } from '../outcome/git-tool.ts';
import { CHANGE_FIELDS } from '../outcome/result-fields.ts';
import { parseNumstat } from '../parse/numstat.ts';
import { openWorkingTree } from '../repository/open-repository.ts';
import { readStatus } from '../repository/read-status.ts';
import type { GitContext, GitSession } from '../run/session.ts';

const INPUT = z.strictObject({
  repository,
  message: z
    .string('expected a text')
    .max(100_000, 'must be at most 100000 characters')
    .refine((text) => text.trim() !== '', 'must not be empty')
    .refine((text) => !text.includes('\0'), 'must not hold a NUL character')
    .describe('The message: a line that says what is so now, then if need be an empty line and more.'),
  stage: z
    .enum(['nothing', 'tracked', 'all'], 'expected "nothing", "tracked" or "all"')
    .default('nothing')
    .describe('Stage before: nothing more, the changes of tracked files, or all files that are not ignored.'),
  paths: paths.optional().describe('Stage these paths before, also new and deleted ones.'),
  amend: z
    .boolean('expected true or false')
    .default(false)
    .describe('Replace the last commit. Wrong once it was pushed.'),
  allowEmpty: z.boolean('expected true or false').default(false).describe('Also when nothing has changed.'),
  author: word('an author')
    .regex(/^[^<>]+ <[^<>]+>$/, 'must be of the form Name <address>')
    .optional()
    .describe('Another author than the configured user: Name <address>.'),
});

const OUTPUT = z.object({
  ...CHANGE_FIELDS,
  head: z.string().optional().describe('The new commit'),
  parent: z.string().optional().describe('The commit before; missing for the first'),
  branch: z.string().optional().describe('The branch it is on; missing when HEAD is detached'),
  files: z.array(z.string()).optional().describe('The files that it changes, at most 200'),
  fileCount: z.int().optional().describe('How many there are in all'),
});

type Data = z.infer<typeof OUTPUT>;

const MOST_FILES = 200;

export function commitTool(context: GitContext): AnyTool {
  return gitTool(context, {
    name: 'commit',
    title: 'Commit',
    description:
      'Commits what is staged, after staging what is asked for, and checks that the new commit has the parent that was ' +
      'seen and holds what was staged. Hooks of the repository run; they may take long.',
    input: INPUT,
    output: OUTPUT,
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
    isLong: true,
    run: commit,
  });
}

async function commit(args: z.infer<typeof INPUT>, session: GitSession): Promise<Outcome<Data>> {
  const place = await openWorkingTree(session, args.repository);
  const cwd = place.path;
  if (args.stage !== 'nothing' && args.paths !== undefined)
    throw new Refusal('stage: goes without paths, which are staged by themselves');
  return changing<Data>(session, place, { what: 'commit', index: true }, async () => {
    const status = await readStatus(session, cwd);
    const conflicts = (status?.entries ?? []).filter(({ kind }) => kind === 'conflict');
    if (conflicts.length > 0 && args.stage === 'nothing' && args.paths === undefined)
      throw new Refusal(`repository: there are conflicts in ${conflicts.map(({ path }) => path).join(', ')}`);
    if (args.amend && status?.head === undefined) throw new Refusal('amend: there is no commit yet');
    const before = { ...(status?.head !== undefined && { head: status.head }) };
    const data = { repository: cwd, ...(status?.branch !== undefined && { branch: status.branch }) };

    const staging = stagingArgs(args);
    if (staging !== undefined) {
      const staged = await session.change(cwd, staging, { mixed: true });
      const remains = 'No commit was made; a part may be staged.';
      if (staged.exitStatus !== 0) return failed(session, staged, { what: 'commit', data, remains });
      session.remains = 'No commit was made; what was asked for is staged.';
    }
    const options = [
      ...(args.amend ? ['--amend'] : []),
      ...(args.allowEmpty ? ['--allow-empty'] : []),
      ...(args.author === undefined ? [] : [`--author=${args.author}`]),
    ];
    const committing = ['commit', '--file=-', '--cleanup=whitespace', ...options];
    const result = await session.change(cwd, committing, { mixed: true, stdin: args.message });
    const head = await session.text(cwd, ['rev-parse', '--verify', '-q', 'HEAD'], true);
    if (result.exitStatus !== 0) {
      const made =
        head === before.head ? 'No commit was made; what was staged is staged.' : `HEAD is ${head} now.`;
      return failed(session, result, { what: 'commit', data, remains: made });
    }
    session.remains = `The commit ${head} was made, but it was not checked.`;
    const shown = ['diff-tree', '--root', '--no-commit-id', '-r', '-z', '--numstat', 'HEAD'];
    const files = parseNumstat((await session.text(cwd, shown)) ?? '').map(({ path }) => path);
    const { checks, parent } = await checkCommit(session, cwd, before.head, args.amend);
    const on = status?.branch === undefined ? '' : ` on ${status.branch}`;
    return finished(`Committed ${head?.slice(0, 10)}${on}, ${files.length} files`, checks, {
      ...data,
      ...(head !== undefined && { head }),
      ...(parent !== undefined && { parent }),
      files: files.slice(0, MOST_FILES),
      fileCount: files.length,
    });
  });
}

function stagingArgs({ stage, paths }: z.infer<typeof INPUT>): string[] | undefined {
  if (paths !== undefined) return ['add', '--all', '--', ...paths];
  if (stage === 'all') return ['add', '--all'];
  return stage === 'tracked' ? ['add', '--update'] : undefined;
}
