CREATE TABLE assignment_hooks (
  assignment_num bigint not null,
  token_hash text not null,
  constraint assignment_hooks_assignment_num_fkey FOREIGN KEY (assignment_num) REFERENCES assignments(num) ON DELETE CASCADE,
  constraint assignment_hooks_pkey PRIMARY KEY (assignment_num),
  constraint assignment_hooks_token_hash_key UNIQUE (token_hash)
);

CREATE TABLE assignments (
  num bigint not null,
  id text not null,
  seq bigint not null,
  state text not null,
  session_id text not null,
  next_due_ms bigint,
  listens_to text,
  words text not null,
  doc text not null,
  constraint assignments_id_key UNIQUE (id),
  constraint assignments_pkey PRIMARY KEY (num)
);
CREATE INDEX assignments_due ON assignments USING btree (next_due_ms, num) WHERE (next_due_ms IS NOT NULL);
CREATE INDEX assignments_listening ON assignments USING btree (listens_to, num) WHERE (listens_to IS NOT NULL);
CREATE UNIQUE INDEX assignments_seq ON assignments USING btree (seq);
CREATE INDEX assignments_session ON assignments USING btree (session_id, num);

CREATE TABLE counters (
  name text not null,
  value bigint not null,
  constraint counters_pkey PRIMARY KEY (name)
);

CREATE TABLE host_beats (
  id text not null,
  beat_ms bigint not null,
  constraint host_beats_pkey PRIMARY KEY (id)
);

CREATE TABLE hosts (
  id text not null,
  place text not null,
  epoch bigint not null,
  state text not null,
  constraint hosts_pkey PRIMARY KEY (id)
);

CREATE TABLE inbox (
  num bigint not null,
  id text not null,
  assignment_id text not null,
  event_hash text not null,
  taken_by text,
  taken_ms bigint,
  doc text not null,
  constraint inbox_id_key UNIQUE (id),
  constraint inbox_pkey PRIMARY KEY (num)
);
CREATE UNIQUE INDEX inbox_event ON inbox USING btree (assignment_id, event_hash);
CREATE INDEX inbox_pending ON inbox USING btree (assignment_id, num) WHERE (taken_by IS NULL);
CREATE INDEX inbox_taken ON inbox USING btree (taken_ms) WHERE (taken_ms IS NOT NULL);

CREATE TABLE meanwhile_migrations (
  number integer not null,
  name text not null,
  applied_at text not null,
  constraint meanwhile_migrations_pkey PRIMARY KEY (number)
);

CREATE TABLE message_search (
  rowid bigint not null,
  words tsvector not null,
  constraint message_search_pkey PRIMARY KEY (rowid)
);
CREATE INDEX message_search_words ON message_search USING gin (words);

CREATE TABLE messages (
  num bigint not null,
  id text not null,
  seq bigint not null,
  session_id text not null,
  task_id text,
  has_open_call integer not null,
  doc text not null,
  host text not null,
  constraint messages_id_key UNIQUE (id),
  constraint messages_pkey PRIMARY KEY (num)
);
CREATE INDEX messages_open_calls ON messages USING btree (num) WHERE (has_open_call = 1);
CREATE UNIQUE INDEX messages_seq ON messages USING btree (seq);
CREATE INDEX messages_session ON messages USING btree (session_id, num);
CREATE UNIQUE INDEX messages_task_id ON messages USING btree (task_id) WHERE (task_id IS NOT NULL);

CREATE TABLE runs (
  num bigint not null,
  id text not null,
  seq bigint not null,
  assignment_id text not null,
  key_hash text not null,
  state text not null,
  waits_until_ms bigint,
  duration_ms bigint,
  doc text not null,
  host text not null,
  constraint runs_id_key UNIQUE (id),
  constraint runs_pkey PRIMARY KEY (num)
);
CREATE INDEX runs_assignment ON runs USING btree (assignment_id, state, num);
CREATE UNIQUE INDEX runs_key ON runs USING btree (assignment_id, key_hash);
CREATE UNIQUE INDEX runs_seq ON runs USING btree (seq);
CREATE INDEX runs_state ON runs USING btree (state, num);
CREATE INDEX runs_waiting ON runs USING btree (waits_until_ms, num) WHERE (waits_until_ms IS NOT NULL);

CREATE TABLE servers (
  host text not null,
  name text not null,
  seq bigint not null,
  removed smallint not null,
  doc text not null,
  constraint servers_key PRIMARY KEY (host, name)
);
CREATE UNIQUE INDEX servers_seq ON servers USING btree (seq);

CREATE TABLE sessions (
  id text not null,
  seq bigint not null,
  kind text not null,
  deleted integer not null,
  doc text not null,
  words text not null,
  constraint sessions_pkey PRIMARY KEY (id)
);
CREATE INDEX sessions_direct ON sessions USING btree (seq) WHERE (kind = 'direct'::text);
CREATE UNIQUE INDEX sessions_seq ON sessions USING btree (seq);

CREATE TABLE source_notes (
  scope text not null,
  key text not null,
  doc text not null,
  constraint source_notes_key PRIMARY KEY (scope, key)
);

CREATE TABLE spawns (
  id text not null,
  server text not null,
  pid bigint not null,
  started_at text not null,
  host text not null,
  constraint spawns_pkey PRIMARY KEY (id)
);

CREATE TABLE task_handles (
  task_num bigint not null,
  doc text not null,
  constraint task_handles_pkey PRIMARY KEY (task_num),
  constraint task_handles_task_num_fkey FOREIGN KEY (task_num) REFERENCES tasks(num) ON DELETE CASCADE
);

CREATE TABLE task_log (
  task_id text not null,
  n bigint not null,
  at text not null,
  kind text not null,
  text text not null,
  bytes bigint not null,
  constraint task_log_key PRIMARY KEY (task_id, n)
);

CREATE TABLE task_log_sizes (
  task_id text not null,
  last_n bigint not null,
  head_bytes bigint not null,
  tail_from bigint not null,
  tail_bytes bigint not null,
  cut_lines bigint not null,
  cut_bytes bigint not null,
  constraint task_log_sizes_pkey PRIMARY KEY (task_id)
);

CREATE TABLE task_results (
  task_num bigint not null,
  content text not null,
  constraint task_results_pkey PRIMARY KEY (task_num),
  constraint task_results_task_num_fkey FOREIGN KEY (task_num) REFERENCES tasks(num) ON DELETE CASCADE
);

CREATE TABLE task_search (
  rowid bigint not null,
  words tsvector not null,
  constraint task_search_pkey PRIMARY KEY (rowid)
);
CREATE INDEX task_search_words ON task_search USING gin (words);

CREATE TABLE tasks (
  num bigint not null,
  id text not null,
  seq bigint not null,
  status text not null,
  session_id text,
  parent_id text,
  source_type text not null,
  server text,
  tool text,
  ended_at text,
  duration_ms bigint,
  delivery_state text not null,
  doc text not null,
  host text not null,
  constraint tasks_id_key UNIQUE (id),
  constraint tasks_pkey PRIMARY KEY (num)
);
CREATE INDEX tasks_durations ON tasks USING btree (server, tool, num) WHERE (status = 'completed'::text);
CREATE INDEX tasks_parent ON tasks USING btree (parent_id, status, num) WHERE (parent_id IS NOT NULL);
CREATE INDEX tasks_pending ON tasks USING btree (ended_at, num) WHERE ((delivery_state = 'pending'::text) AND (ended_at IS NOT NULL));
CREATE UNIQUE INDEX tasks_seq ON tasks USING btree (seq);
CREATE INDEX tasks_server ON tasks USING btree (server, status, num) WHERE (server IS NOT NULL);
CREATE INDEX tasks_session ON tasks USING btree (session_id, status, num) WHERE (session_id IS NOT NULL);
CREATE INDEX tasks_source ON tasks USING btree (source_type, status, num);
CREATE INDEX tasks_status ON tasks USING btree (status, num);
