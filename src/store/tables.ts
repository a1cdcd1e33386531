import type { Generated } from 'kysely';
import type { LogEntry } from './records.ts';

/** The tables as Kysely sees them; the same names and meanings in every engine. */
export interface Tables {
  counters: CounterRow;
  tasks: Hosted<TaskRow>;
  task_results: { task_num: number; content: string };
  task_handles: { task_num: number; doc: string };
  source_notes: { scope: string; key: string; doc: string };
  task_log: LogRow;
  task_log_sizes: LogSizes;
  task_search: { rowid: number };
  message_search: { rowid: number };
  sessions: SessionRow;
  messages: Hosted<MessageRow>;
  assignments: AssignmentRow;
  assignment_hooks: { assignment_num: number; token_hash: string };
  runs: Hosted<RunRow>;
  inbox: InboxRow;
  servers: { host: string; name: string; seq: number; removed: Flag; doc: string };
  spawns: Hosted<{ id: string; server: string; pid: number; started_at: string }>;
  hosts: HostRow;
  /** By the clock of the database. */
  host_beats: { id: string; beat_ms: number };
  meanwhile_migrations: { number: number; name: string; applied_at: string };
}

/** SQLite has no boolean, so a flag is a number in both engines. */
export type Flag = 0 | 1;

/** With the id of the host that works on it, or wrote it last; '' where a host is alone. */
type Hosted<Row> = Row & { host: Generated<string> };

/** A host that shares the database with others. */
export interface HostRow {
  id: string;
  /** Machine and data folder: two with one id are one that was copied. */
  place: string;
  /** Raised when others have taken over its work; it may then write nothing before it has joined anew. */
  epoch: number;
  state: 'here' | 'gone';
}

/**
 * `seq` is the last number given, `seq_reserved` a number on disk that no given number exceeds,
 * `tasks.<status>` how many tasks stand in a status, `inbox` the last num of the inbox.
 */
export interface CounterRow {
  name: string;
  value: number;
}

/** `doc` is the whole record as JSON without its seq; the columns beside it are what queries filter by. */
export interface TaskRow {
  /** The seq of the first write: the order of creation. */
  num: number;
  id: string;
  seq: number;
  status: string;
  session_id: string | null;
  parent_id: string | null;
  source_type: string;
  server: string | null;
  tool: string | null;
  ended_at: string | null;
  /** From start to end. */
  duration_ms: number | null;
  delivery_state: string;
  doc: string;
}

export interface SessionRow {
  id: string;
  seq: number;
  kind: string;
  deleted: Flag;
  /** A blank, then the words of its title with a blank after each. */
  words: string;
  doc: string;
}

export interface MessageRow {
  /** The seq of the first write: the order of creation. */
  num: number;
  id: string;
  seq: number;
  session_id: string;
  task_id: string | null;
  has_open_call: Flag;
  doc: string;
}

export interface AssignmentRow {
  /** The seq of the first write: the order of creation. */
  num: number;
  id: string;
  seq: number;
  state: string;
  session_id: string;
  /** While it is on. */
  next_due_ms: number | null;
  /** While it is on: the kind of its event source. */
  listens_to: string | null;
  /** A blank, then the words it is found by with a blank after each: a word begins where a blank ends. */
  words: string;
  doc: string;
}

export interface RunRow {
  /** The seq of the first write: the order of creation. */
  num: number;
  id: string;
  seq: number;
  assignment_id: string;
  key_hash: string;
  state: string;
  /** While it waits. */
  waits_until_ms: number | null;
  /** From start to end. */
  duration_ms: number | null;
  doc: string;
}

/** Not a record: it has no seq, and readers of changes are not told of it. */
export interface InboxRow {
  /** The order of acceptance. */
  num: number;
  id: string;
  assignment_id: string;
  event_hash: string;
  /** The id of the run, and the newest time that it named. */
  taken_by: string | null;
  taken_ms: number | null;
  doc: string;
}

export interface LogRow {
  task_id: string;
  n: number;
  at: string;
  kind: LogEntry['kind'];
  text: string;
  bytes: number;
}

/** What a task's log holds, so that an append need not count it. */
export interface LogSizes {
  task_id: string;
  /** The last n given. */
  last_n: number;
  head_bytes: number;
  /** The first n that did not fit into the head; 0 while all lines do. */
  tail_from: number;
  tail_bytes: number;
  cut_lines: number;
  cut_bytes: number;
}
