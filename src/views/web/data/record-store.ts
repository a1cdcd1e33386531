import { createTable, mergeRecord, type RecordTable, type TableRules } from './record-table.ts';
import type { Assignment, Message, Run, ServerView, Session, Task } from './types.ts';

export interface RecordTypes {
  task: Task;
  message: Message;
  session: Session;
  server: ServerView;
  assignment: Assignment;
  run: Run;
}
export type Kind = keyof RecordTypes;

const KINDS = [
  'task',
  'message',
  'session',
  'server',
  'assignment',
  'run',
] as const satisfies readonly Kind[];

const RULES: { readonly [K in Kind]: TableRules<RecordTypes[K]> } = {
  task: { id: (task) => task.id, seq: (task) => task.seq, gone: () => false },
  message: { id: (message) => message.id, seq: (message) => message.seq, gone: () => false },
  session: {
    id: (session) => session.id,
    seq: (session) => session.seq,
    gone: (session) => session.deletedAt !== undefined,
  },
  server: {
    id: (server) => server.name,
    seq: (server) => server.seq,
    gone: (server) => server.state === 'removed',
  },
  assignment: {
    id: (assignment) => assignment.id,
    seq: (assignment) => assignment.seq,
    gone: (assignment) => assignment.state === 'removed',
  },
  run: { id: (run) => run.id, seq: (run) => run.seq, gone: () => false },
};

/** They are told of each record that the stream changed: what it was, and what it is. */
export type TaskWatcher = (before: Task | undefined, after: Task) => void;
export type MessageWatcher = (before: Message | undefined, after: Message) => void;

export interface RecordStore {
  /** Takes records in. They become visible together, at the next frame. */
  put<K extends Kind>(kind: K, records: readonly RecordTypes[K][], origin: 'answer' | 'stream'): void;
  /** Forgets everything, for a host whose numbers begin anew. What is put next becomes visible with it. */
  clear(): void;
  /** Makes everything put so far visible at once. */
  flush(): void;
  get<K extends Kind>(kind: K, id: string): RecordTypes[K] | undefined;
  /** The same array until a record of this kind changes. */
  all<K extends Kind>(kind: K): readonly RecordTypes[K][];
  /** Calls when this record changes, or any of its kind when `id` is undefined. Returns its undo. */
  subscribe(kind: Kind, id: string | undefined, listener: () => void): () => void;
  watchTasks(watcher: TaskWatcher): () => void;
  watchMessages(watcher: MessageWatcher): () => void;
}

/**
 * The one place where records live in the page. It knows no React: components read it through
 * `hooks/use-record.ts`. `schedule` says when a batch becomes visible (in a browser: the next frame).
 */
export function createRecordStore(schedule: (flush: () => void) => void): RecordStore {
  const tables: { [K in Kind]: RecordTable<RecordTypes[K]> } = {
    task: createTable(),
    message: createTable(),
    session: createTable(),
    server: createTable(),
    assignment: createTable(),
    run: createTable(),
  };
  const lists: { [K in Kind]?: readonly RecordTypes[K][] } = {};
  const listeners = new Map<string, Set<() => void>>();
  const watchers = { task: new Set<TaskWatcher>(), message: new Set<MessageWatcher>() };
  let waiting: (() => void)[] = [];
  let changedKeys = new Set<string>();

  function merge<K extends Kind>(kind: K, record: RecordTypes[K], origin: 'answer' | 'stream'): void {
    const rules = RULES[kind];
    const id = rules.id(record);
    const before = tables[kind].rows.get(id);
    if (!mergeRecord(tables[kind], record, rules)) return;
    delete lists[kind];
    changedKeys.add(kind).add(`${kind} ${id}`);
    if (origin !== 'stream') return;
    if (kind === 'task')
      for (const watcher of watchers.task) watcher(before as Task | undefined, record as Task);
    if (kind === 'message')
      for (const watcher of watchers.message) watcher(before as Message | undefined, record as Message);
  }

  function flush(): void {
    const merges = waiting;
    waiting = [];
    for (const run of merges) run();
    const keys = changedKeys;
    changedKeys = new Set();
    for (const key of keys) for (const listener of [...(listeners.get(key) ?? [])]) listener();
  }

  return {
    put(kind, records, origin) {
      if (records.length === 0) return;
      if (waiting.length === 0) schedule(flush);
      waiting.push(() => {
        for (const record of records) merge(kind, record, origin);
      });
    },
    clear() {
      waiting = [];
      for (const kind of KINDS) {
        delete lists[kind];
        changedKeys.add(kind);
        for (const id of tables[kind].rows.keys()) changedKeys.add(`${kind} ${id}`);
        tables[kind].rows.clear();
        tables[kind].buried.clear();
      }
    },
    flush,
    get: (kind, id) => tables[kind].rows.get(id),
    all(kind) {
      lists[kind] ??= [...tables[kind].rows.values()] as never;
      return lists[kind] as never;
    },
    subscribe(kind, id, listener) {
      const key = id === undefined ? kind : `${kind} ${id}`;
      const set = listeners.get(key) ?? new Set();
      listeners.set(key, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(key) === set) listeners.delete(key);
      };
    },
    watchTasks(watcher) {
      watchers.task.add(watcher);
      return () => watchers.task.delete(watcher);
    },
    watchMessages(watcher) {
      watchers.message.add(watcher);
      return () => watchers.message.delete(watcher);
    },
  };
}
