import * as z from 'zod';
import { CappedOutput } from '../../runtime/output/capped-output.ts';
import { clean } from '../../runtime/output/clean.ts';
import { type AnyTool, type Outcome, Refusal } from '../../runtime/tool.ts';
import { limit, paths, repository, revision, skip } from '../input/fields.ts';
import { failedLook } from '../outcome/failed-look.ts';
import { gitTool } from '../outcome/git-tool.ts';
import { LOOK_FIELDS } from '../outcome/result-fields.ts';
import { type FileDiff, parseNumstat } from '../parse/numstat.ts';
import { openRepository } from '../repository/open-repository.ts';
import type { GitContext, GitSession } from '../run/session.ts';

const INPUT = z.strictObject({
  repository,
  from: revision
    .optional()
    .describe('Compare with this revision. Unless told: the index, or with staged, HEAD.'),
  to: revision.optional().describe('Compare from with this revision, not with the working tree.'),
  staged: z
    .boolean('expected true or false')
    .default(false)
    .describe('What is staged, not the working tree.'),
  paths: paths.optional(),
  patch: z.boolean('expected true or false').default(true).describe('With the lines that differ.'),
  limit: limit(200, 2_000),
  skip,
});

const OUTPUT = z.object({
  ...LOOK_FIELDS,
  files: z
    .array(
      z.object({
        path: z.string(),
        from: z.string().optional().describe('Where a renamed file came from'),
        added: z.int().optional().describe('Lines; missing for a binary file'),
        deleted: z.int().optional().describe('Lines; missing for a binary file'),
        isBinary: z.boolean(),
      }),
    )
    .optional()
    .describe('The files that differ, from skip on, at most limit'),
  fileCount: z.int().optional().describe('How many differ in all'),
  added: z.int().optional().describe('Lines in all'),
  deleted: z.int().optional().describe('Lines in all'),
  patch: z.string().optional().describe('The lines that differ, of much the first and last 32 KB'),
  patchCutBytes: z.int().optional().describe('Bytes missing in the middle of the patch'),
});

export function diffTool(context: GitContext): AnyTool {
  return gitTool(context, {
    name: 'diff',
    title: 'Differences',
    description:
      'Compares working tree, index and revisions: files with counts of lines, and the patch. Runs no diff program ' +
      'that the repository names.',
    input: INPUT,
    output: OUTPUT,
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    isLong: false,
    run: diff,
  });
}

async function diff(
  args: z.infer<typeof INPUT>,
  session: GitSession,
): Promise<Outcome<z.infer<typeof OUTPUT>>> {
  const { path: cwd, isBare } = await openRepository(session, args.repository);
  if (args.to !== undefined && args.from === undefined) throw new Refusal('to: needs from');
  if (args.to !== undefined && args.staged)
    throw new Refusal('staged: compares the index, so it goes without to');
  if (isBare && args.to === undefined)
    throw new Refusal('to: a bare repository has only revisions to compare');
  const revisions = [args.from, args.to].filter((each) => each !== undefined);
  const what = [
    ...(args.staged ? ['--cached'] : []),
    '--end-of-options',
    ...revisions,
    '--',
    ...(args.paths ?? []),
  ];
  const how = ['diff', '--no-ext-diff', '--no-textconv', '--no-color', '--find-renames'];
  const counted = await session.look(cwd, [...how, '--numstat', '-z', ...what]);
  if (counted.exitStatus !== 0) return failedLook('diff', counted, { repository: cwd });
  const files = parseNumstat(counted.stdout);
  const page = files.slice(args.skip, args.skip + args.limit);
  const patch = args.patch ? await readPatch(session, cwd, [...how, '--patch', ...what]) : undefined;
  const [added, deleted] = [sum(files, 'added'), sum(files, 'deleted')];
  const notShown = files.length - page.length;
  const lines = [
    files.length === 0
      ? 'No differences'
      : `${files.length} files differ, ${added} lines added, ${deleted} deleted`,
    ...page.map(describe),
    ...(notShown > 0 ? [`… ${notShown} more files, see skip and limit`] : []),
    ...(patch === undefined || patch.patch === '' ? [] : ['', patch.patch]),
  ];
  return {
    text: lines.join('\n'),
    data: { repository: cwd, files: page, fileCount: files.length, added, deleted, ...patch },
  };
}

async function readPatch(session: GitSession, cwd: string, args: readonly string[]) {
  const { stdout, stdoutCutBytes } = await session.look(cwd, args);
  const capped = new CappedOutput();
  capped.add(stdout);
  const { text, cutBytes } = capped.kept();
  return { patch: clean(text), patchCutBytes: cutBytes + stdoutCutBytes };
}

const sum = (files: readonly FileDiff[], field: 'added' | 'deleted'): number =>
  files.reduce((total, file) => total + (file[field] ?? 0), 0);

function describe({ path, from, added, deleted, isBinary }: FileDiff): string {
  const name = from === undefined ? path : `${from} → ${path}`;
  return isBinary ? `${name} (binary)` : `${name} +${added} -${deleted}`;
}
