import type { Assignment } from '../../assignment/assignment.ts';
import type { Handle } from '../../task/report.ts';
import type { Task } from '../../task/task.ts';
import type { Script } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import type { Change, RunWrite, Write } from '../ports.ts';
import type { Message, ServerView, Session } from '../records.ts';
import type { Counters } from './counters.ts';
import { createWriteAssignments } from './write-assignments.ts';
import { createWriteMessages, createWriteServers, createWriteSessions } from './write-records.ts';
import { createWriteRuns, type NumberedRun } from './write-runs.ts';
import { createWriteTasks } from './write-tasks.ts';

/** Numbers the writes and writes them all; for the inside of one transaction. */
export type WriteBatch = (writes: readonly Write[]) => Script<readonly Change[]>;

/** @param host who writes: '' where it is alone */
export function createWriteBatch(dialect: Dialect, counters: Counters, host: string): WriteBatch {
  const writeTasks = createWriteTasks(dialect, counters, host);
  const writeSessions = createWriteSessions(dialect);
  const writeMessages = createWriteMessages(dialect, host);
  const writeServers = createWriteServers(dialect, host);
  const writeAssignments = createWriteAssignments(dialect);
  const writeRuns = createWriteRuns(dialect, host);

  return function* writeBatch(writes) {
    const last = yield* counters.take(writes.length);
    const changes = writes.map((write, index) => numbered(write, last - writes.length + 1 + index));
    const tasks: Task[] = [];
    const sessions: Session[] = [];
    const messages: Message[] = [];
    const servers: ServerView[] = [];
    const assignments: Assignment[] = [];
    const runs: NumberedRun[] = [];
    for (const [index, change] of changes.entries()) {
      if (change.type === 'task') tasks.push(change.task);
      else if (change.type === 'session') sessions.push(change.session);
      else if (change.type === 'message') messages.push(change.message);
      else if (change.type === 'assignment') assignments.push(change.assignment);
      else if (change.type === 'run') runs.push({ ...(writes[index] as RunWrite), run: change.run });
      else servers.push(change.server);
    }
    if (sessions.length > 0) yield* writeSessions(sessions);
    if (tasks.length > 0) yield* writeTasks(tasks, contentsOf(writes), handlesOf(writes));
    if (messages.length > 0) yield* writeMessages(messages);
    if (servers.length > 0) yield* writeServers(servers);
    if (assignments.length > 0) yield* writeAssignments(assignments, hooksOf(writes), seqsOf(writes));
    if (runs.length > 0) yield* writeRuns(runs);
    return changes;
  };
}

function numbered(write: Write, seq: number): Change {
  switch (write.type) {
    case 'task':
      return { seq, type: 'task', task: { ...write.task, seq } };
    case 'message':
      return { seq, type: 'message', message: { ...write.message, seq } };
    case 'session':
      return { seq, type: 'session', session: { ...write.session, seq } };
    case 'server':
      return { seq, type: 'server', server: { ...write.server, seq } };
    case 'assignment':
      return { seq, type: 'assignment', assignment: { ...write.assignment, seq } };
    case 'run':
      return { seq, type: 'run', run: { ...write.run, seq } };
  }
}

/** A result is written at most once, so the first of several counts. */
function contentsOf(writes: readonly Write[]): ReadonlyMap<string, string> {
  const contents = new Map<string, string>();
  for (const write of writes)
    if (write.type === 'task' && write.content !== undefined && !contents.has(write.task.id))
      contents.set(write.task.id, write.content);
  return contents;
}

/** The newest of several counts; null takes it away. */
function handlesOf(writes: readonly Write[]): ReadonlyMap<string, Handle | null> {
  const handles = new Map<string, Handle | null>();
  for (const write of writes)
    if (write.type === 'task' && write.handle !== undefined) handles.set(write.task.id, write.handle);
  return handles;
}

/** What each must stand at; the first of several counts, as the others follow it. */
function seqsOf(writes: readonly Write[]): ReadonlyMap<string, number> {
  const seqs = new Map<string, number>();
  const seen = new Set<string>();
  for (const write of writes) {
    if (write.type !== 'assignment' || seen.has(write.assignment.id)) continue;
    seen.add(write.assignment.id);
    if (write.expectsSeq !== undefined) seqs.set(write.assignment.id, write.expectsSeq);
  }
  return seqs;
}

/** The newest of several counts; null takes it away. */
function hooksOf(writes: readonly Write[]): ReadonlyMap<string, string | null> {
  const hooks = new Map<string, string | null>();
  for (const write of writes)
    if (write.type === 'assignment' && write.hookTokenHash !== undefined)
      hooks.set(write.assignment.id, write.hookTokenHash);
  return hooks;
}
