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

const NO_HISTORY = { commits: [], refs: [], notes: [] };
const NO_REPOSITORY = 'The workspace is in no git repository.';
const TOO_MUCH = 'The uncommitted work in the repository is more than git was asked to compare.';

async function compareByGit(workspace: string, before: GitSnapshot, store: string): Promise<Changes> {
  const after = await gitSnapshot(workspace, store);
  const base = { seenBy: 'git' as const, root: before.root, files: [], diffStat: '' };
  if (after?.root !== before.root)
    return {
      ...base,
      ...NO_HISTORY,
      notes: ['What changed is not known: the repository is not there any more.'],
    };
  const history = await historyChanges(before, after);
  if (before.tree === undefined || after.tree === undefined)
    return {
      ...base,
      ...history,
      notes: [`Which files changed is not known. ${TOO_MUCH}`, ...history.notes],
    };
  return { ...base, ...history, ...(await treeChanges(before, [before.tree, after.tree], store)) };
}
