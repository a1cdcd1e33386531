import type { Assignment, AssignmentState, EventSource } from '../../assignment/assignment.ts';
import type { AcceptedEvent, Run } from '../../assignment/run.ts';
import type { RunState } from '../../assignment/run-state.ts';

/* What is kept of assignments, as `store/ports.ts` offers it. Times asked for and given are epoch milliseconds. */

export interface AssignmentQuery {
  /** Left out: all but `removed`. */
  readonly states?: readonly AssignmentState[];
  /** Words to find in its title, trigger and work; all of them must match, prefixes count. */
  readonly words?: string;
  /** 1 to 200. */
  readonly limit: number;
  /** As returned by the page before. */
  readonly cursor?: string;
}

export interface AssignmentReader {
  /** Removed ones too: their mark. */
  get(id: string): Promise<Assignment | undefined>;
  /** Newest first, keyset-paged. @throws {AppError} `invalid_cursor` */
  list(query: AssignmentQuery): Promise<{
    readonly assignments: readonly Assignment[];
    readonly nextCursor?: string;
  }>;
  /** Those that are on and due at `untilMs` or before, the earliest first. */
  due(untilMs: number, limit: number): Promise<readonly Assignment[]>;
  /** When the next one that is on is due; one look at an index. */
  nextDueAt(): Promise<number | undefined>;
  /** Those that are on and fire at events of this kind, oldest first. */
  listening(kind: EventSource['kind']): Promise<readonly Assignment[]>;
  /** Those whose results go to this session, oldest first; not the removed ones. */
  ofSession(sessionId: string): Promise<readonly Assignment[]>;
  /** The one whose hook has the token of this SHA-256, whatever its state but `removed`. */
  byHook(tokenHash: string): Promise<Assignment | undefined>;
}

export interface RunQuery {
  readonly assignmentId?: string;
  readonly states?: readonly RunState[];
  /** 1 to 200. */
  readonly limit: number;
  /** As returned by the page before. */
  readonly cursor?: string;
}

export interface RunReader {
  get(id: string): Promise<Run | undefined>;
  /** Newest first, keyset-paged. @throws {AppError} `invalid_cursor` */
  list(query: RunQuery): Promise<{ readonly runs: readonly Run[]; readonly nextCursor?: string }>;
  /** Waiting runs that may begin at `untilMs` or before, the earliest first. */
  waiting(untilMs: number, limit: number): Promise<readonly Run[]>;
  /** When the next waiting run may begin; one look at an index. */
  nextWaitingAt(): Promise<number | undefined>;
  /** Runs that wait or go on, oldest first; of one assignment or of all. */
  active(assignmentId?: string): Promise<readonly Run[]>;
  /** How long (ms) the newest completed runs took, newest first. */
  durations(assignmentId: string, limit: number): Promise<readonly number[]>;
  /** The newest run, in whatever state. */
  latest(assignmentId: string): Promise<Run | undefined>;
}

/** An accepted event that no run has taken yet. */
export interface PendingEvent {
  readonly inboxId: string;
  readonly event: AcceptedEvent;
  /** When it was accepted, as whoever did so said; 0 where that is not known. */
  readonly acceptedMs: number;
}

/** Events between their acceptance and the run that takes them (`RunWrite.takes`). */
export interface EventInbox {
  /**
   * Keeps an event for an assignment, on disk before the promise settles. The same event id again is the same
   * entry, taken or not, until it is forgotten; what was kept first stays.
   */
  accept(
    assignmentId: string,
    event: AcceptedEvent,
    acceptedMs?: number,
  ): Promise<{ readonly inboxId: string; readonly isNew: boolean }>;
  /** What no run has taken, in the order in which it was accepted. */
  pending(assignmentId: string, limit: number): Promise<readonly PendingEvent[]>;
  /** The ids of the assignments that have something pending. */
  assignmentsWithPending(): Promise<readonly string[]>;
  /**
   * Forgets events whose run is older than `beforeMs`, in small batches; what is pending stays.
   * @returns how many were forgotten
   */
  forget(beforeMs: number): Promise<number>;
}
