import { type Database, rows } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { fromDoc } from '../doc.ts';
import type { ServerReader } from '../ports.ts';
import { prepare } from '../prepare.ts';
import type { ServerView } from '../records.ts';

export function createServerReader(database: Database, { queries }: Dialect, host: string): ServerReader {
  const present = prepare(() =>
    queries
      .selectFrom('servers')
      .select(['seq', 'doc'])
      .where('host', '=', host)
      .where('removed', '=', 0)
      .orderBy('name'),
  );
  return {
    async list() {
      return (await database.read(rows(present({})))).map((row) => fromDoc<ServerView>(row));
    },
  };
}
