import { ACTIVE_STATUSES, type Status } from '../task/status.ts';
import type { Task } from '../task/task.ts';
import type { TaskQuery } from './ports.ts';

/** Longer words are cut, both when kept and when sought. */
const WORD_CHARS = 64;
/** How much of the arguments is searchable. */
const ARGS_CHARS = 4_000;
const MAX_SOUGHT = 16;
/** PostgreSQL has a limit of its own; what is found is checked anyway. */
const FACET_CHARS = 400;

/** Scripts that write without spaces: each character is a word of its own. */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}`;
const WORD = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, 'gu');

/**
 * The distinct words of a text: lower case, without diacritics. The engines are handed these words rather than
 * the text, so that they all find the same and no spelling of theirs is ever seen in what a person types.
 */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  const words = plain.match(WORD) ?? [];
  return [...new Set(words.map((word) => word.slice(0, WORD_CHARS).toWellFormed()))];
}

/** What a task is found by: its words, and one facet for each thing it can be filtered by. */
export function searchWords(task: Omit<Task, 'seq'>): string[] {
  const { source } = task;
  const text = [
    task.title,
    source.server,
    source.tool,
    source.args && JSON.stringify(source.args).slice(0, ARGS_CHARS),
    task.result?.preview,
  ];
  const facets = [
    facet('status', statusFacet(task.status)),
    facet('source', source.type),
    task.sessionId && facet('session', task.sessionId),
    source.server && facet('server', source.server),
    task.parentId && facet('parent', task.parentId),
  ];
  return [...wordsOf(text.filter(Boolean).join(' ')), ...facets.filter((word) => word !== undefined)];
}

/** The words sought; `undefined` when the text is blank and seeks nothing. */
export function soughtWords(text: string | undefined): string[] | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  return wordsOf(text).slice(0, MAX_SOUGHT);
}

/**
 * A filter as facets, so that the index alone narrows the search: a rare status among a million matches would
 * otherwise be looked for row by row. What is found must still be checked, for active tasks share one facet.
 */
export function soughtFacets(query: TaskQuery): string[][] {
  const groups = [
    query.statuses?.length
      ? [...new Set(query.statuses.map(statusFacet))].map((s) => facet('status', s))
      : [],
    query.source ? [facet('source', query.source)] : [],
    query.sessionId ? [facet('session', query.sessionId)] : [],
    query.server ? [facet('server', query.server)] : [],
    query.parentId ? [facet('parent', query.parentId)] : [],
  ];
  return groups.filter((group) => group.length > 0);
}

/** A colon never stands in a word, so that no word is taken for a facet; hex keeps ids of any spelling whole. */
const facet = (name: string, value: string): string =>
  `${name}:${Buffer.from(value).toString('hex').slice(0, FACET_CHARS)}`;

const ACTIVE: readonly Status[] = ACTIVE_STATUSES;

/** Words are kept at creation and at the end only, not at each move between the active statuses. */
const statusFacet = (status: Status): string => (ACTIVE.includes(status) ? 'active' : status);
