import { rows, type Script } from '../database.ts';
import type { Dialect, SearchEntry } from '../dialect.ts';
import { toDoc } from '../doc.ts';
import { messageWords } from '../message-words.ts';
import { fromExcluded, prepareMany } from '../prepare.ts';
import type { Message, ServerView, Session } from '../records.ts';
import { spacedWords } from '../spaced-words.ts';
import type { Flag, MessageRow, SessionRow, Tables } from '../tables.ts';
import { newestByKey } from './newest.ts';

export type WriteRecords<T> = (records: readonly T[]) => Script<void>;

export function createWriteSessions({ queries }: Dialect): WriteRecords<Session> {
  const upsert = prepareMany(
    ['id', 'seq', 'kind', 'deleted', 'words', 'doc'],
    (values: readonly SessionRow[]) =>
      queries
        .insertInto('sessions')
        .values(values)
        .onConflict((on) =>
          on.column('id').doUpdateSet(fromExcluded(['seq', 'kind', 'deleted', 'words', 'doc'])),
        ),
  );
  return function* (sessions) {
    const newest = newestByKey(sessions, ({ id }) => id).map(
      ({ record }): SessionRow => ({
        id: record.id,
        seq: record.seq,
        kind: record.kind,
        deleted: record.deletedAt === undefined ? 0 : 1,
        words: spacedWords(record.title),
        doc: toDoc(record),
      }),
    );
    for (const statement of upsert(newest)) yield* rows(statement);
  };
}

/** @param host whose calls a new message tells of */
export function createWriteMessages(
  { queries, messageSearch }: Dialect,
  host: string,
): WriteRecords<Message> {
  const changing = ['seq', 'session_id', 'task_id', 'has_open_call', 'doc'] as const;
  const upsert = prepareMany(
    ['num', 'id', 'host', ...changing],
    (values: readonly (MessageRow & { host: string })[]) =>
      queries
        .insertInto('messages')
        .values(values)
        .onConflict((on) => on.column('id').doUpdateSet(fromExcluded(changing)))
        .returning(['num', 'id']),
  );
  return function* (messages) {
    const written = newestByKey(messages, ({ id }) => id);
    const found = new Map(written.map(({ record }) => [record.id, messageWords(record)]));
    const newest = written.map(({ record, firstSeq }) => ({
      num: firstSeq,
      host,
      id: record.id,
      seq: record.seq,
      session_id: record.sessionId,
      task_id: record.taskId ?? null,
      has_open_call: (record.parts.some((part) => part.type === 'call' && part.state === 'open')
        ? 1
        : 0) as Flag,
      doc: toDoc(record),
    }));
    const entries: SearchEntry[] = [];
    for (const statement of upsert(newest))
      for (const { num, id } of yield* rows(statement)) {
        const words = found.get(id);
        if (words !== undefined) entries.push({ num, words });
      }
    for (const statement of messageSearch.put(entries)) yield* rows(statement);
  };
}

/** @param host whose servers they are */
export function createWriteServers({ queries }: Dialect, host: string): WriteRecords<ServerView> {
  const upsert = prepareMany(
    ['host', 'name', 'seq', 'removed', 'doc'],
    (values: readonly Tables['servers'][]) =>
      queries
        .insertInto('servers')
        .values(values)
        .onConflict((on) =>
          on.columns(['host', 'name']).doUpdateSet(fromExcluded(['seq', 'removed', 'doc'])),
        ),
  );
  return function* (servers) {
    const newest = newestByKey(servers, ({ name }) => name).map(({ record }): Tables['servers'] => ({
      host,
      name: record.name,
      seq: record.seq,
      removed: record.state === 'removed' ? 1 : 0,
      doc: toDoc(record),
    }));
    for (const statement of upsert(newest)) yield* rows(statement);
  };
}
