import type { Durability } from './ports.ts';

export type Value = string | number | null;

/** One compiled statement with its values; `Row` is what it returns, known to the compiler only. */
export interface Statement<Row = unknown> {
  readonly sql: string;
  readonly values: readonly Value[];
  readonly row?: Row;
}

/**
 * What is to be asked of the database, step by step: it yields statements and is handed their rows. The same
 * script runs without a single promise where the engine lives in our process, and over a connection elsewhere.
 */
export type Script<T> = Generator<Statement, T, readonly unknown[]>;

/** Asks one statement from within a script. */
export function* rows<Row>(statement: Statement<Row>): Script<readonly Row[]> {
  return (yield statement) as readonly Row[];
}

/** The first row, if there is one. */
export function* first<Row>(statement: Statement<Row>): Script<Row | undefined> {
  return ((yield statement) as readonly Row[])[0];
}

export type Awaitable<T> = T | Promise<T>;

/** The seam to an engine. Everything it throws is an AppError whose detail is free of SQL. */
export interface Database {
  /** Runs a script that changes nothing. */
  read<T>(script: Script<T>): Awaitable<T>;
  /** Runs a script in a transaction of its own: all of it happens or nothing. */
  write<T>(durability: Durability, script: Script<T>): Awaitable<T>;
  close(): Awaitable<void>;
}
