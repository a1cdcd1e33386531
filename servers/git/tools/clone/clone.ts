import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { type AnyTool, type Outcome, Refusal } from '../../../runtime/tool.ts';
import { branchName, word } from '../../input/fields.ts';
import { failed } from '../../outcome/failed.ts';
import { gitTool } from '../../outcome/git-tool.ts';
import { CHANGE_FIELDS } from '../../outcome/result-fields.ts';
import { judgeRemote } from '../../repository/remote-rules.ts';
import type { GitContext, GitSession, TransferResult } from '../../run/session.ts';
import { checkClone } from './check-clone.ts';
import { chooseDestination, type Destination } from './destination.ts';

const INPUT = z.strictObject({
  url: word('a URL').describe(
    'What to clone: an http(s), ssh, git or file URL, host:path, or a path in the folders.',
  ),
  destination: word('a path')
    .optional()
    .describe(
      'The new folder: absolute or relative to the first configured folder. Named after the URL unless told.',
    ),
  branch: branchName.optional().describe('The branch or tag to check out, instead of the one of the remote.'),
  depth: z
    .int('expected a whole number')
    .positive('must be greater than 0')
    .optional()
    .describe('Only so many of the newest commits (a shallow clone of one branch).'),
  submodules: z.boolean('expected true or false').default(false).describe('Clone the submodules too.'),
});

const OUTPUT = z.object({
  ...CHANGE_FIELDS,
  url: z.string().optional().describe('The remote, secrets masked'),
  head: z.string().optional().describe('The commit that is checked out'),
  branch: z.string().optional().describe('The branch that is checked out; missing for a tag'),
  isEmpty: z.boolean().optional().describe('The remote has no commits yet'),
});

type Data = z.infer<typeof OUTPUT>;

export function cloneTool(context: GitContext): AnyTool {
  return gitTool(context, {
    name: 'clone',
    title: 'Clone a repository',
    description:
      'Clones a repository into a new folder, tells the phases of git with counts, and checks afterwards that HEAD ' +
      'resolves and the working tree is clean. Refuses a destination that is not empty. When it is cancelled or ' +
      'fails, the new folder is removed.',
    input: INPUT,
    output: OUTPUT,
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
    isLong: true,
    run: clone,
  });
}

async function clone(args: z.infer<typeof INPUT>, session: GitSession): Promise<Outcome<Data>> {
  const { context, mask } = session;
  mask.learn(args.url);
  const verdict = judgeRemote(args.url, context, context.folders[0] ?? '/');
  if ('refused' in verdict) throw new Refusal(`url: ${verdict.refused}`);
  if (args.submodules && context.remotes.length > 0)
    throw new Refusal('submodules: cannot be cloned while a list of remotes (--remote) is active');
  const destination = chooseDestination(args.destination, args.url, context.folders);
  return context.exclusive.run(destination.path, 'clone', 'destination', async () => {
    destination.create();
    // Of a plain path git takes no depth.
    const isPath = verdict.local !== undefined && !/^file:/i.test(verdict.url);
    const url = isPath && args.depth !== undefined ? pathToFileURL(verdict.url).href : verdict.url;
    const options = [
      ...(args.branch === undefined ? [] : ['--branch', args.branch]),
      ...(args.depth === undefined ? [] : ['--depth', String(args.depth)]),
      ...(args.submodules ? ['--recurse-submodules'] : []),
    ];
    const cwd = path.dirname(destination.path);
    const cloning = ['clone', '--progress', ...options, '--', url, destination.path];
    let result: TransferResult;
    try {
      result = await session.transfer(cwd, cloning, { mixed: true });
    } catch (error) {
      destination.remove();
      throw error;
    }
    const data = { repository: destination.path, url: mask.hide(url) };
    if (result.exitStatus !== 0) {
      const remains = afterFailure(destination, session, result);
      return failed(session, result, { what: 'clone', data, remains });
    }
    session.remains = `The clone in ${destination.path} is whole, but it was not checked.`;
    return checkClone(session, data, args);
  });
}

/** Only what git itself keeps is kept: a whole clone of which the checkout or a submodule failed. */
function afterFailure(
  { path: place, remove }: Destination,
  { work }: GitSession,
  result: TransferResult,
): string {
  const isEnded = work.signal.aborted || result.stalledMs !== undefined;
  if (!isEnded && existsSync(path.join(place, '.git')))
    return `What was cloned is kept in ${place}: the history is there, but not all that belongs to it.`;
  try {
    remove();
    return `Nothing is left of the clone in ${place}.`;
  } catch (error) {
    return `A part of the clone is left in ${place}: ${(error as Error).message}.`;
  }
}
