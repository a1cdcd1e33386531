CREATE TABLE "assignment_hooks" (
  "assignment_num" integer primary key references "assignments" ("num") on delete cascade,
  "token_hash" text not null unique
);

CREATE TABLE "assignments" (
  "num" integer primary key,
  "id" text not null unique,
  "seq" integer not null,
  "state" text not null,
  "session_id" text not null,
  "next_due_ms" integer,
  "listens_to" text,
  "words" text not null,
  "doc" text not null
);

CREATE INDEX "assignments_due" on "assignments" ("next_due_ms", "num") where "next_due_ms" is not null;

CREATE INDEX "assignments_listening" on "assignments" ("listens_to", "num") where "listens_to" is not null;

CREATE UNIQUE INDEX "assignments_seq" on "assignments" ("seq");

CREATE INDEX "assignments_session" on "assignments" ("session_id", "num");

CREATE TABLE "counters" (
  "name" text not null primary key,
  "value" integer not null
);

CREATE TABLE "host_beats" (
  "id" text not null primary key,
  "beat_ms" integer not null
);

CREATE TABLE "hosts" (
  "id" text not null primary key,
  "place" text not null,
  "epoch" integer not null,
  "state" text not null
);

CREATE TABLE "inbox" (
  "num" integer primary key,
  "id" text not null unique,
  "assignment_id" text not null,
  "event_hash" text not null,
  "taken_by" text,
  "taken_ms" integer,
  "doc" text not null
);

CREATE UNIQUE INDEX "inbox_event" on "inbox" ("assignment_id", "event_hash");

CREATE INDEX "inbox_pending" on "inbox" ("assignment_id", "num") where "taken_by" is null;

CREATE INDEX "inbox_taken" on "inbox" ("taken_ms") where "taken_ms" is not null;

CREATE TABLE "meanwhile_migrations" (
  "number" integer primary key,
  "name" text not null,
  "applied_at" text not null
);

CREATE VIRTUAL TABLE "message_search" using fts5(
  words, content='', contentless_delete=1, detail=none, prefix='2 3 4', tokenize="ascii tokenchars ':'"
);

CREATE TABLE 'message_search_config'(
  k PRIMARY KEY, v) WITHOUT ROWI
);

CREATE TABLE 'message_search_data'(
  id INTEGER PRIMARY KEY, block BLOB
);

CREATE TABLE 'message_search_docsize'(
  id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER
);

CREATE TABLE 'message_search_idx'(
  segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWI
);

CREATE TABLE "messages" (
  "num" integer primary key,
  "id" text not null unique,
  "seq" integer not null,
  "session_id" text not null,
  "task_id" text,
  "has_open_call" integer not null,
  "doc" text not null,
  "host" text default '' not null
);

CREATE INDEX "messages_open_calls" on "messages" ("num") where "has_open_call" = 1;

CREATE UNIQUE INDEX "messages_seq" on "messages" ("seq");

CREATE INDEX "messages_session" on "messages" ("session_id", "num");

CREATE UNIQUE INDEX "messages_task_id" on "messages" ("task_id") where "task_id" is not null;

CREATE TABLE "runs" (
  "num" integer primary key,
  "id" text not null unique,
  "seq" integer not null,
  "assignment_id" text not null,
  "key_hash" text not null,
  "state" text not null,
  "waits_until_ms" integer,
  "duration_ms" integer,
  "doc" text not null,
  "host" text default '' not null
);

CREATE INDEX "runs_assignment" on "runs" ("assignment_id", "state", "num");

CREATE UNIQUE INDEX "runs_key" on "runs" ("assignment_id", "key_hash");

CREATE UNIQUE INDEX "runs_seq" on "runs" ("seq");

CREATE INDEX "runs_state" on "runs" ("state", "num");

CREATE INDEX "runs_waiting" on "runs" ("waits_until_ms", "num") where "waits_until_ms" is not null;

CREATE TABLE "servers" (
  "host" text not null,
  "name" text not null,
  "seq" integer not null,
  "removed" smallint not null,
  "doc" text not null,
  constraint "servers_key" primary key ("host", "name")
);

CREATE UNIQUE INDEX "servers_seq" on "servers" ("seq");

CREATE TABLE "sessions" (
  "id" text not null primary key,
  "seq" integer not null,
  "kind" text not null,
  "deleted" integer not null,
  "doc" text not null,
  "words" text default '' not null
);

CREATE INDEX "sessions_direct" on "sessions" ("seq") where "kind" = 'direct';

CREATE UNIQUE INDEX "sessions_seq" on "sessions" ("seq");

CREATE TABLE "source_notes" (
  "scope" text not null,
  "key" text not null,
  "doc" text not null,
  constraint "source_notes_key" primary key ("scope", "key")
);

CREATE TABLE "spawns" (
  "id" text not null primary key,
  "server" text not null,
  "pid" integer not null,
  "started_at" text not null,
  "host" text default '' not null
);

CREATE TABLE "task_handles" (
  "task_num" integer primary key references "tasks" ("num") on delete cascade,
  "doc" text not null
);

CREATE TABLE "task_log" (
  "task_id" text not null,
  "n" integer not null,
  "at" text not null,
  "kind" text not null,
  "text" text not null,
  "bytes" integer not null,
  constraint "task_log_key" primary key ("task_id", "n")
);

CREATE TABLE "task_log_sizes" (
  "task_id" text not null primary key,
  "last_n" integer not null,
  "head_bytes" integer not null,
  "tail_from" integer not null,
  "tail_bytes" integer not null,
  "cut_lines" integer not null,
  "cut_bytes" integer not null
);

CREATE TABLE "task_results" (
  "task_num" integer primary key references "tasks" ("num") on delete cascade,
  "content" text not null
);

CREATE VIRTUAL TABLE "task_search" using fts5(
  words, content='', contentless_delete=1, detail=none, prefix='1 2 3 4 5 6 7 8 9 10', tokenize="ascii tokenchars ':'"
);

CREATE TABLE "tasks" (
  "num" integer primary key,
  "id" text not null unique,
  "seq" integer not null,
  "status" text not null,
  "session_id" text,
  "parent_id" text,
  "source_type" text not null,
  "server" text,
  "tool" text,
  "ended_at" text,
  "duration_ms" integer,
  "delivery_state" text not null,
  "doc" text not null,
  "host" text default '' not null
);

CREATE INDEX "tasks_durations" on "tasks" ("server", "tool", "num") where "status" = 'completed';

CREATE INDEX "tasks_parent" on "tasks" ("parent_id", "status", "num") where "parent_id" is not null;

CREATE INDEX "tasks_pending" on "tasks" ("ended_at", "num") where "delivery_state" = 'pending' and "ended_at" is not null;

CREATE UNIQUE INDEX "tasks_seq" on "tasks" ("seq");

CREATE INDEX "tasks_server" on "tasks" ("server", "status", "num") where "server" is not null;

CREATE INDEX "tasks_session" on "tasks" ("session_id", "status", "num") where "session_id" is not null;

CREATE INDEX "tasks_source" on "tasks" ("source_type", "status", "num");

CREATE INDEX "tasks_status" on "tasks" ("status", "num");
