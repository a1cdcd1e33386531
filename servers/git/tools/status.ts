import * as z from 'zod';
import type { AnyTool, Outcome } from '../../runtime/tool.ts';
import { limit, repository, skip } from '../input/fields.ts';
import { failedLook } from '../outcome/failed-look.ts';
import { gitTool } from '../outcome/git-tool.ts';
import { LOOK_FIELDS } from '../outcome/result-fields.ts';
import { parseStatus, type Status, type StatusEntry } from '../parse/status.ts';
import { openWorkingTree } from '../repository/open-repository.ts';
import { STATUS_ARGS } from '../repository/read-status.ts';
import { describeUnfinished, readUnfinished } from '../repository/unfinished.ts';
import type { GitContext, GitSession } from '../run/session.ts';

const INPUT = z.strictObject({ repository, limit: limit(200, 2_000), skip });

const OUTPUT = z.object({
  ...LOOK_FIELDS,
  head: z.string().optional().describe('The commit that is checked out; missing before the first'),
  branch: z.string().optional().describe('The branch; missing when HEAD is detached'),
  upstream: z.string().optional().describe('What the branch follows'),
  ahead: z.int().optional().describe('Commits that the upstream does not have'),
  behind: z.int().optional().describe('Commits that only the upstream has'),
  isClean: z.boolean().optional().describe('Nothing is changed, staged or untracked'),
  unfinished: z.string().optional().describe('What git waits for: merge, rebase, cherry-pick or revert'),
  count: z.int().optional().describe('How many paths are not as committed'),
  isCut: z.boolean().optional().describe('There are so many that they were not all counted'),
  entries: z
    .array(
      z.object({
        path: z.string(),
        from: z.string().optional().describe('Where a renamed or copied file came from'),
        staged: z
          .string()
          .optional()
          .describe('Difference between HEAD and index: modified, added, deleted, …'),
        unstaged: z.string().optional().describe('Difference between index and working tree'),
        kind: z.enum(['changed', 'conflict', 'untracked']),
      }),
    )
    .optional()
    .describe('The paths, from skip on, at most limit'),
});

export function statusTool(context: GitContext): AnyTool {
  return gitTool(context, {
    name: 'status',
    title: 'Status of a working tree',
    description:
      'Says which branch is checked out, how far it is from its upstream, and which files are changed.',
    input: INPUT,
    output: OUTPUT,
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    isLong: false,
    run: status,
  });
}

async function status(
  args: z.infer<typeof INPUT>,
  session: GitSession,
): Promise<Outcome<z.infer<typeof OUTPUT>>> {
  const place = await openWorkingTree(session, args.repository);
  const result = await session.look(place.path, STATUS_ARGS);
  if (result.exitStatus !== 0) return failedLook('status', result, { repository: place.path });
  const found = parseStatus(result.stdout);
  const { entries, ...rest } = found;
  const unfinished = readUnfinished(place);
  const page = entries.slice(args.skip, args.skip + args.limit);
  const isCut = result.stdoutCutBytes > 0;
  const notShown = entries.length - page.length;
  const lines = [
    `${place.path}: ${describeBranch(found)}; ${describeCount(entries, isCut)}`,
    ...(unfinished === undefined ? [] : [describeUnfinished(unfinished)]),
    ...page.map(describeEntry),
    ...(notShown > 0 ? [`… ${notShown} more, see skip and limit`] : []),
  ];
  return {
    text: lines.join('\n'),
    data: {
      repository: place.path,
      ...rest,
      isClean: entries.length === 0,
      ...(unfinished !== undefined && { unfinished }),
      count: entries.length,
      isCut,
      entries: page,
    },
  };
}

function describeBranch({ head, branch, upstream, ahead, behind }: Status): string {
  const where = branch === undefined ? `detached at ${head?.slice(0, 10)}` : `on ${branch}`;
  const first = head === undefined ? ', no commit yet' : '';
  if (upstream === undefined) return `${where}${first}`;
  if (ahead === undefined) return `${where}${first}, whose upstream ${upstream} is gone`;
  return `${where}, ${ahead} ahead and ${behind} behind ${upstream}`;
}

function describeCount(entries: readonly StatusEntry[], isCut: boolean): string {
  if (entries.length === 0) return 'clean';
  const count = (kind: StatusEntry['kind']) => entries.filter((entry) => entry.kind === kind).length;
  const kinds = (['conflict', 'changed', 'untracked'] as const).filter((kind) => count(kind) > 0);
  return `${isCut ? 'more than ' : ''}${kinds.map((kind) => `${count(kind)} ${kind}`).join(', ')}`;
}

function describeEntry({ path, from, staged, unstaged, kind }: StatusEntry): string {
  if (kind !== 'changed') return `${kind}: ${path}`;
  const states = [staged && `staged: ${staged}`, unstaged].filter((state) => state !== undefined);
  return `${states.join(', ')}: ${from === undefined ? path : `${from} → ${path}`}`;
}
