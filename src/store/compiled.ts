import type { Compilable } from 'kysely';
import type { Statement, Value } from './database.ts';

/** A query that is used once, with its values in it. */
export function compiled<Row>(query: Compilable<Row>): Statement<Row> {
  const { sql, parameters } = query.compile();
  return { sql, values: parameters as Value[] };
}
