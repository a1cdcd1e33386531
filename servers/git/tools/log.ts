import * as z from 'zod';
import { type AnyTool, type Outcome, Refusal } from '../../runtime/tool.ts';
import { limit, paths, repository, revision, skip, word } from '../input/fields.ts';
import { failedLook } from '../outcome/failed-look.ts';
import { gitTool } from '../outcome/git-tool.ts';
import { LOOK_FIELDS } from '../outcome/result-fields.ts';
import { type Commit, LOG_FORMAT, parseLog } from '../parse/log.ts';
import { openRepository } from '../repository/open-repository.ts';
import type { GitContext, GitSession } from '../run/session.ts';

const INPUT = z.strictObject({
  repository,
  from: revision
    .default('HEAD')
    .describe('Where to begin: a branch, tag, commit, or a range such as main..other.'),
  paths: paths.optional().describe('Only commits that touch these paths.'),
  author: word('a text').optional().describe('Only commits of which the author or address holds this text.'),
  since: word('a time')
    .optional()
    .describe('Only commits since then, for example 2026-01-31 or "2 weeks ago".'),
  until: word('a time').optional().describe('Only commits until then.'),
  limit: limit(50, 500),
  skip,
});

const OUTPUT = z.object({
  ...LOOK_FIELDS,
  commits: z
    .array(
      z.object({
        id: z.string(),
        parents: z.array(z.string()),
        author: z.string(),
        email: z.string(),
        date: z.string().describe('ISO 8601, with the zone of the author'),
        refs: z.array(z.string()).describe('Branches and tags that point to it'),
        subject: z.string(),
        body: z.string().describe('The rest of the message, of a long one the first 4,000 characters'),
      }),
    )
    .optional()
    .describe('The newest first'),
  hasMore: z.boolean().optional().describe('Whether there are more; then ask again with a greater skip'),
});

const MOST_BODY = 4_000;

export function logTool(context: GitContext): AnyTool {
  return gitTool(context, {
    name: 'log',
    title: 'History of a repository',
    description: 'Lists commits with author, date and message, the newest first, page by page.',
    input: INPUT,
    output: OUTPUT,
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    isLong: false,
    run: log,
  });
}

async function log(
  args: z.infer<typeof INPUT>,
  session: GitSession,
): Promise<Outcome<z.infer<typeof OUTPUT>>> {
  const { path: cwd } = await openRepository(session, args.repository);
  if (/\.{2,3}-/.test(args.from)) throw new Refusal('from: a revision must not begin with -');
  const hasCommits = await session.look(cwd, ['rev-parse', '--verify', '-q', 'HEAD']);
  if (args.from === 'HEAD' && hasCommits.exitStatus !== 0)
    return { text: `${cwd} has no commit yet`, data: { repository: cwd, commits: [], hasMore: false } };
  const filters = [
    ...(args.author === undefined ? [] : ['--fixed-strings', `--author=${args.author}`]),
    ...(args.since === undefined ? [] : [`--since=${args.since}`]),
    ...(args.until === undefined ? [] : [`--until=${args.until}`]),
  ];
  const page = [`--max-count=${args.limit + 1}`, `--skip=${args.skip}`];
  const format = [
    '-z',
    LOG_FORMAT,
    '--no-show-signature',
    '--no-color',
    '--encoding=UTF-8',
    '--decorate=short',
  ];
  const asked = [
    'log',
    ...format,
    ...page,
    ...filters,
    '--end-of-options',
    args.from,
    '--',
    ...(args.paths ?? []),
  ];
  const result = await session.look(cwd, asked);
  if (result.exitStatus !== 0) return failedLook('log', result, { repository: cwd });
  const found = parseLog(result.stdout);
  const commits = found.slice(0, args.limit).map((commit) => ({
    ...commit,
    parents: [...commit.parents],
    refs: [...commit.refs],
    body: shortened(commit.body),
  }));
  const hasMore = found.length > args.limit;
  const lines = [
    `${commits.length} commits of ${cwd}, from ${args.from}${hasMore ? `; more with skip ${args.skip + args.limit}` : ''}`,
    ...commits.map(describe),
  ];
  return { text: lines.join('\n'), data: { repository: cwd, commits, hasMore } };
}

const shortened = (body: string): string =>
  body.length > MOST_BODY ? `${body.slice(0, MOST_BODY - 1)}…` : body;

function describe({ id, date, author, subject, refs }: Commit): string {
  const names = refs.length === 0 ? '' : ` (${refs.join(', ')})`;
  return `${id.slice(0, 10)} ${date.slice(0, 10)} ${author}: ${subject}${names}`;
}
