import type { RunResult } from './run-result.ts';

const MAX_LISTED = 20;

/** The result of a run as text: one line that says it all, then what changed, then the agent's last words. */
export function describeResult(result: RunResult): string {
  return [
    headline(result),
    ...(result.why === undefined ? [] : [result.why]),
    ...result.commits.slice(-MAX_LISTED).map(({ id, subject }) => `Commit ${id.slice(0, 10)} ${subject}`),
    ...more(result.commitCount, 'commits'),
    ...result.files.slice(0, MAX_LISTED).map(fileLine),
    ...more(result.fileCount, 'files'),
    ...result.notes,
    ...(result.left > 0 ? [`${result.left} of its processes could not be ended.`] : []),
    ...lastWords(result),
  ].join('\n');
}

/** What changed, in a few words: `1 commit, 3 files changed (+4 −2)`. */
export function summarizeChanges(result: RunResult): string {
  const { commitCount, fileCount, linesAdded, linesRemoved, refs, changed, seenBy } = result;
  if (changed === null) return 'what changed is not known';
  if (!changed) return 'nothing changed';
  const lines = seenBy === 'git' ? ` (+${linesAdded} −${linesRemoved})` : '';
  const parts = [
    commitCount > 0 && plural(commitCount, 'commit'),
    fileCount > 0 && `${plural(fileCount, 'file')} changed${lines}`,
    commitCount === 0 &&
      refs.length > 0 &&
      `${plural(refs.length, 'branch or tag', 'branches or tags')} moved`,
  ];
  return parts.filter((part) => part !== false).join(', ');
}

function headline(result: RunResult): string {
  const { agent, run, outcome, stoppedBy } = result;
  const after = `after ${(result.durationMs / 1_000).toFixed(1)} s`;
  if (outcome === 'finished' && result.changed === false)
    return `${agent} ended without any change ${after} (${run})`;
  const what = summarizeChanges(result);
  if (outcome === 'finished') return `${agent} finished ${after}: ${what} (${run})`;
  const how = stoppedBy === undefined ? 'before it began' : HOW_STOPPED[stoppedBy];
  const problem =
    outcome === 'cancelled' ? `was cancelled ${after}, ${how}` : `${PROBLEMS[outcome]} ${after}`;
  return `${agent} ${problem}; ${remaining(result)} (${run})`;
}

/** What is there of a run that did not come to its end. */
export function remaining(result: RunResult): string {
  if (result.changed === false) return 'it ended without any change';
  const what = summarizeChanges(result);
  return result.changed === null ? what : `what it did until then stays: ${what}`;
}

const HOW_STOPPED = { protocol: 'it confirmed the stop', processes: 'its processes were ended' };

const PROBLEMS = {
  failed: 'failed',
  idle: 'was ended because nothing came from it',
  waiting: 'was ended because it waited for somebody to type',
};

function fileLine({
  path,
  from,
  change,
  added,
  removed,
  modifiedBefore,
}: RunResult['files'][number]): string {
  const lines = added === undefined ? '' : ` +${added} −${removed}`;
  const earlier = modifiedBefore ? ' (was already modified before)' : '';
  return `${change} ${from === undefined ? path : `${from} → ${path}`}${lines}${earlier}`;
}

function lastWords({ lastWords, lastWordsCut, agent }: RunResult): string[] {
  if (lastWords === '') return [`${agent} said nothing at the end.`];
  const quoted = lastWords.split('\n').map((line) => `> ${line}`);
  return ['', `The last that ${agent} said${lastWordsCut ? ' (the end of it)' : ''}:`, ...quoted];
}

const more = (count: number, unit: string): string[] =>
  count > MAX_LISTED ? [`… ${count - MAX_LISTED} more ${unit} …`] : [];

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
