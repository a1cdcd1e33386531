import { compiled } from './compiled.ts';
import { type Database, rows } from './database.ts';
import type { Dialect } from './dialect.ts';
import type { SpawnLedger } from './ports.ts';

export function createSpawnLedger(database: Database, { queries }: Dialect, host: string): SpawnLedger {
  return {
    async add({ id, server, pid, startedAt }) {
      const row = { server, pid, started_at: startedAt };
      const query = queries
        .insertInto('spawns')
        .values({ id, host, ...row })
        .onConflict((on) => on.column('id').doUpdateSet(row));
      await database.write('durable', rows(compiled(query)));
    },
    async remove(id) {
      // A row that comes back after a power cut names a process that is gone: it is found not to live.
      await database.write('quick', rows(compiled(queries.deleteFrom('spawns').where('id', '=', id))));
    },
    async all() {
      const found = await database.read(
        rows(compiled(queries.selectFrom('spawns').selectAll().where('host', '=', host).orderBy('id'))),
      );
      return found.map(({ id, server, pid, started_at }) => ({ id, server, pid, startedAt: started_at }));
    },
  };
}
