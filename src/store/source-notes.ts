import { compiled } from './compiled.ts';
import { type Database, first, rows } from './database.ts';
import type { Dialect } from './dialect.ts';
import type { SourceNotes } from './ports.ts';

export function createSourceNotes(database: Database, { queries }: Dialect): SourceNotes {
  const inScope = (scope: string) => queries.selectFrom('source_notes').where('scope', '=', scope);
  return {
    async get(scope, key) {
      const query = inScope(scope).select('doc').where('key', '=', key);
      const row = await database.read(first(compiled(query)));
      return row && JSON.parse(row.doc);
    },
    async all(scope) {
      const query = inScope(scope).select(['key', 'doc']).orderBy('key');
      const found = await database.read(rows(compiled(query)));
      return found.map(({ key, doc }) => ({ key, note: JSON.parse(doc) }));
    },
    async put(scope, key, note) {
      const doc = JSON.stringify(note);
      const query = queries
        .insertInto('source_notes')
        .values({ scope, key, doc })
        .onConflict((on) => on.columns(['scope', 'key']).doUpdateSet({ doc }));
      await database.write('quick', rows(compiled(query)));
    },
    async remove(scope, key) {
      const query = queries.deleteFrom('source_notes').where('scope', '=', scope).where('key', '=', key);
      await database.write('quick', rows(compiled(query)));
    },
  };
}
