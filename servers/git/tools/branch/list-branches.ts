import * as z from 'zod';
import type { Outcome } from '../../../runtime/tool.ts';
import type { GitSession } from '../../run/session.ts';

export const BRANCH = z.object({
  name: z.string(),
  id: z.string().describe('Its newest commit'),
  isCurrent: z.boolean().describe('It is checked out'),
  isRemote: z.boolean().describe('It is a remote-tracking branch'),
  upstream: z.string().optional().describe('What it follows'),
  distance: z.string().optional().describe('How far it is from there, such as "ahead 1, behind 2" or "gone"'),
  date: z.string().describe('When its newest commit was made, ISO 8601'),
  subject: z.string().describe('First line of the message of its newest commit'),
});

type Branch = z.infer<typeof BRANCH>;

const FIELDS = [
  '%(refname)',
  '%(objectname)',
  '%(HEAD)',
  '%(upstream:short)',
  '%(upstream:track,nobracket)',
  '%(committerdate:iso-strict)',
  '%(symref)',
  '%(contents:subject)',
];

export async function listBranches(
  session: GitSession,
  cwd: string,
  { remotes, limit, skip }: { remotes: boolean; limit: number; skip: number },
): Promise<
  Outcome<{ repository: string; verified: boolean; checks: []; branches: Branch[]; count: number }>
> {
  const places = remotes ? ['refs/heads/', 'refs/remotes/'] : ['refs/heads/'];
  const asked = ['for-each-ref', '--sort=-committerdate', `--format=${FIELDS.join('%00')}`, ...places];
  const all = ((await session.text(cwd, asked)) ?? '').split('\n').flatMap((line) => readBranch(line) ?? []);
  const branches = all.slice(skip, skip + limit);
  const notShown = all.length - branches.length;
  const lines = [
    `${all.length} branches in ${cwd}`,
    ...branches.map(describe),
    ...(notShown > 0 ? [`… ${notShown} more, see skip and limit`] : []),
  ];
  return {
    text: lines.join('\n'),
    data: { repository: cwd, verified: true, checks: [], branches, count: all.length },
  };
}

function readBranch(line: string): Branch | undefined {
  const [ref = '', id = '', head, upstream, distance, date = '', symref, subject = ''] = line.split('\0');
  if (id === '' || symref !== '') return undefined; // origin/HEAD only points to another
  return {
    name: ref.replace(/^refs\/(?:heads|remotes)\//, ''),
    id,
    isCurrent: head === '*',
    isRemote: ref.startsWith('refs/remotes/'),
    ...(upstream && { upstream }),
    ...(distance && { distance }),
    date,
    subject,
  };
}

function describe({ name, id, isCurrent, upstream, distance, subject }: Branch): string {
  const follows =
    upstream === undefined ? '' : ` [${upstream}${distance === undefined ? '' : `: ${distance}`}]`;
  return `${isCurrent ? '* ' : '  '}${name} ${id.slice(0, 10)}${follows} ${subject}`;
}
