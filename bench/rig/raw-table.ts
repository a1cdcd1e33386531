import { DatabaseSync } from 'node:sqlite';

export interface RawTable {
  /** Writes documents in one transaction; `full` waits for the disk. */
  put(synchronous: 'full' | 'normal', documents: readonly { readonly id: string }[]): void;
  close(): void;
}

/** One table with a key and a document, through bare SQLite: the least that can be called storing. */
export function rawTable(file: string): RawTable {
  const database = new DatabaseSync(file);
  database.exec('pragma journal_mode = wal; create table kept (id text primary key, doc text)');
  const begin = database.prepare('begin immediate');
  const commit = database.prepare('commit');
  const upsert = database.prepare(
    'insert into kept values (?, ?) on conflict (id) do update set doc = excluded.doc',
  );
  let set: string | undefined;
  return {
    put(synchronous, documents) {
      if (set !== synchronous) database.exec(`pragma synchronous = ${synchronous}`);
      set = synchronous;
      begin.run();
      for (const document of documents) upsert.run(document.id, JSON.stringify(document));
      commit.run();
    },
    close: () => database.close(),
  };
}
