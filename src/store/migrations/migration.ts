import type { Script } from '../database.ts';
import type { Dialect } from '../dialect.ts';

/**
 * One step forward of the schema. A released migration is never edited: what it got wrong, the next one sets
 * right. It runs in a transaction together with the note that it ran.
 */
export interface Migration {
  readonly number: number;
  readonly name: string;
  up(dialect: Dialect): Script<void>;
}
