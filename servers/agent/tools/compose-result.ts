import { CappedOutput } from '../../runtime/output/capped-output.ts';
import type { Agent } from '../agents/agent.ts';
import { type Changes, isChanged } from '../changes/changes.ts';
import type { DriveEnd, PermissionRecord } from '../drive/drive.ts';
import type { RunResult } from './run-result.ts';

const MAX_FILES = 200;
const MAX_REFS = 50;
const MAX_STAT = 8 * 1024;
const KEEP_OUTPUT_EACH = 8 * 1024;

/** The result of a run as data: what was seen, and beside it what the agent said. */
export function composeResult(
  run: { readonly id: string; readonly agent: Agent; readonly workspace: string },
  end: DriveEnd,
  changes: Changes,
): RunResult {
  const { commits, refs, files } = changes;
  const output = new CappedOutput(KEEP_OUTPUT_EACH);
  output.add(end.output.text);
  return {
    run: run.id,
    agent: run.agent.name,
    via: run.agent.via,
    workspace: run.workspace,
    outcome: end.outcome === 'stopped' ? 'cancelled' : end.outcome,
    ...(end.why !== undefined && { why: end.why }),
    ...(end.stoppedBy !== undefined && { stoppedBy: end.stoppedBy }),
    ...(end.stopReason !== undefined && { stopReason: end.stopReason }),
    exitStatus: end.exitStatus,
    signal: end.signal,
    durationMs: end.durationMs,
    endedInBackground: end.outcome === 'finished' && run.agent.via === 'template' ? end.tree.ended : 0,
    left: end.tree.left,
    changed: isChanged(changes) ?? null,
    seenBy: changes.seenBy,
    root: changes.root,
    commits: [...commits],
    commitCount: changes.commitCount,
    refs: refs.slice(0, MAX_REFS),
    files: files.slice(0, MAX_FILES),
    fileCount: files.length,
    linesAdded: total(files.map(({ added }) => added)),
    linesRemoved: total(files.map(({ removed }) => removed)),
    diffStat: capped(changes.diffStat),
    notes: [...changes.notes, ...permissionNotes(end.permissions)],
    permissions: [...end.permissions],
    lastWords: end.lastWords.text,
    lastWordsCut: end.lastWords.isCut,
    output: output.kept().text,
    outputBytes: end.output.totalBytes,
  };
}

function permissionNotes(records: readonly PermissionRecord[]): string[] {
  const count = (by: PermissionRecord['by'], decision: PermissionRecord['decision']) =>
    records.filter((record) => record.by === by && record.decision !== decision).length;
  const nobody = count('nobody', 'allowed');
  const setting = records.filter(({ by, decision }) => by === 'setting' && decision === 'allowed').length;
  const refused = count('setting', 'allowed');
  return [
    nobody > 0 &&
      `${requests(nobody)} for permission rejected, because nobody could be asked here (--permissions allow would allow them).`,
    setting > 0 && `${requests(setting)} for permission allowed by --permissions allow.`,
    refused > 0 && `${requests(refused)} for permission rejected by --permissions reject.`,
  ].filter((note) => note !== false);
}

const requests = (count: number): string => (count === 1 ? '1 request' : `${count} requests`);

const total = (numbers: readonly (number | undefined)[]): number =>
  numbers.reduce<number>((sum, number) => sum + (number ?? 0), 0);

const capped = (text: string): string =>
  text.length <= MAX_STAT ? text : `${text.slice(0, text.lastIndexOf('\n', MAX_STAT))}\n… cut …`;
