import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Changes } from './changes.ts';
import { filesChanges, filesSnapshot } from './files-snapshot.ts';
import { historyChanges, treeChanges } from './git-changes.ts';
import { type GitSnapshot, gitSnapshot } from './git-snapshot.ts';

/** A workspace as it was before a run. */
export interface Before {
  /** Looks again and says what is different. */
  changes(): Promise<Changes>;
  /** Takes away what was kept for the comparison. */
  forget(): Promise<void>;
}

/** Looks at a workspace before a run: at its whole repository, or where that does not go, at its files. */
export async function lookBefore(workspace: string): Promise<Before> {
  const store = await mkdtemp(path.join(tmpdir(), 'meanwhile-agent-'));
  const forget = () => rm(store, { recursive: true, force: true });
  try {
    const before = await gitSnapshot(workspace, store);
    if (before?.tree !== undefined) return { forget, changes: () => compareByGit(workspace, before, store) };
    const files = await filesSnapshot(workspace);
    const changes = async (): Promise<Changes> => {
      const seen = filesChanges(files, await filesSnapshot(workspace));
      const after = before && (await gitSnapshot(workspace, store));
      const history = before && after ? await historyChanges(before, after) : NO_HISTORY;
      const notes = [before ? TOO_MUCH : NO_REPOSITORY, ...seen.notes, ...history.notes];
      return { seenBy: 'files', root: workspace, diffStat: '', ...history, ...seen, notes };
    };
    return { forget, changes };
  } catch (error) {
    await forget();
    throw error;
  }
}

const NO_HISTORY = { commits: [], commitCount: 0, refs: [], notes: [] };
const NO_REPOSITORY = 'The workspace is in no git repository.';
const TOO_MUCH =
  'Git could not compare the files: too much is not committed, or a nested repository is in the way.';

async function compareByGit(workspace: string, before: GitSnapshot, store: string): Promise<Changes> {
  const nothing = { seenBy: 'git' as const, root: before.root, files: [], diffStat: '' };
  const after = await gitSnapshot(workspace, store);
  if (after?.root !== before.root)
    return { ...nothing, ...NO_HISTORY, isWhole: false, notes: ['The repository is not there any more.'] };
  const history = await historyChanges(before, after);
  if (before.tree === undefined || after.tree === undefined)
    return { ...nothing, ...history, isWhole: false, notes: [TOO_MUCH, ...history.notes] };
  const seen = await treeChanges(before, [before.tree, after.tree]);
  return { ...nothing, ...history, ...seen, isWhole: true };
}

/** What is said when looking again has failed. */
export function unseenChanges(workspace: string, error: unknown): Changes {
  const why = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
  const base = { seenBy: 'files' as const, root: workspace, files: [], diffStat: '', isWhole: false };
  return { ...base, ...NO_HISTORY, notes: [`What changed could not be seen: ${why}`] };
}
