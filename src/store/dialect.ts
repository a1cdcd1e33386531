import type { Expression, Kysely } from 'kysely';
import type { Script, Statement } from './database.ts';
import type { Tables } from './tables.ts';

/** What the engines do not have in common, as named facts and capabilities. */
export interface Dialect {
  /** Builds and compiles queries; it is never asked to run them. */
  readonly queries: Kysely<Tables>;
  /** The column type that holds a JavaScript integer. */
  readonly integer: 'integer' | 'bigint';
  /** Taken before migrations are looked at, so that two hosts starting at once do not collide. */
  readonly migrationLock: readonly Statement[];
  /** The names of all tables in the place where ours belong. */
  tableNames(): Script<readonly string[]>;
  /** Full-text search over tasks, and over what is said in chats. */
  readonly search: Search;
  readonly messageSearch: Search;
}

/** Full-text search over a table `(rowid, words)` of its own, where `rowid` is the num of what is found. */
export interface Search {
  /** Creates the table. */
  readonly create: readonly Statement[];
  /** Puts words in place of those that were there; each num at most once. */
  put(entries: readonly SearchEntry[]): readonly Statement[];
  /** The engine's own spelling of a query. */
  expression(query: SearchQuery): string;
  /** The condition on the table; its one parameter is the expression. */
  condition(parameter: string): Expression<boolean>;
}

export interface SearchEntry {
  readonly num: number;
  /** Distinct words and facets. */
  readonly words: readonly string[];
}

export interface SearchQuery {
  /** Each must begin a word of what is found. */
  readonly prefixes: readonly string[];
  /** Of each group, it must carry one facet. */
  readonly facets: readonly (readonly string[])[];
}
