import type { Assignment } from '../assignment/assignment.ts';
import type { Run } from '../assignment/run.ts';
import type { RunState } from '../assignment/run-state.ts';
import type { Handle } from '../task/report.ts';
import type { Status } from '../task/status.ts';
import type { Task, TaskSource } from '../task/task.ts';
import type { AssignmentReader, EventInbox, RunReader } from './ports/assignments.ts';
import type { HostRoster } from './ports/hosts.ts';
import type { LogEntry, LogKind, Message, ServerView, Session, Spawn } from './records.ts';

export type {
  AssignmentQuery,
  AssignmentReader,
  EventInbox,
  PendingEvent,
  RunQuery,
  RunReader,
} from './ports/assignments.ts';

export type { Estate, HostEvents, HostRequest, HostRoster } from './ports/hosts.ts';

/** A record as it is handed in: the store gives the seq. */
export type Unnumbered<T> = Omit<T, 'seq'>;

/** One thing to write. A commit takes many, and all of them happen or none. */
export type Write =
  /**
   * `content` is the whole result, `handle` what finds the work again (null takes it away). Both are kept beside
   * the marker; a result is written at most once.
   */
  | {
      readonly type: 'task';
      readonly task: Unnumbered<Task>;
      readonly content?: string;
      readonly handle?: Handle | null;
    }
  | { readonly type: 'message'; readonly message: Unnumbered<Message> }
  | { readonly type: 'session'; readonly session: Unnumbered<Session> }
  | { readonly type: 'server'; readonly server: Unnumbered<ServerView> }
  /** The SHA-256 of its hook's token (null takes it away) is kept beside it and never shown; no two have the same. */
  | {
      readonly type: 'assignment';
      readonly assignment: Unnumbered<Assignment>;
      readonly hookTokenHash?: string | null;
      /** Refused with `assignment_changed` unless it stands at this seq: nobody has written it since it was read. */
      readonly expectsSeq?: number;
    }
  | RunWrite;

/** Each condition is checked inside the transaction: of two who race for one run or event, exactly one wins. */
export interface RunWrite {
  readonly type: 'run';
  readonly run: Unnumbered<Run>;
  /** Refused with `run_exists` where there is a run of this id, or of this assignment and key. */
  readonly isNew?: true;
  /**
   * Refused with `run_taken` unless the run is in one of these states now. One that another host performs is refused
   * in any case.
   */
  readonly expects?: readonly RunState[];
  /** Entries of the inbox (`inboxId`) that are now this run's; refused with `event_taken` if one is not free. */
  readonly takes?: readonly string[];
}

/** What a commit did, numbered. */
export type Change =
  | { readonly seq: number; readonly type: 'task'; readonly task: Task }
  | { readonly seq: number; readonly type: 'message'; readonly message: Message }
  | { readonly seq: number; readonly type: 'session'; readonly session: Session }
  | { readonly seq: number; readonly type: 'server'; readonly server: ServerView }
  | { readonly seq: number; readonly type: 'assignment'; readonly assignment: Assignment }
  | { readonly seq: number; readonly type: 'run'; readonly run: Run };

/**
 * `durable`: on disk, a power cut included, before the promise settles (ends, deliveries, input requests).
 * `quick`: survives the death of our process, and of the machine only after a moment (progress, short calls).
 */
export type Durability = 'durable' | 'quick';

/** The one door for change. */
export interface Writer {
  /**
   * Writes all or nothing, numbers each change, then tells the commit listeners in order of seq.
   * A record is inserted or replaced by its id. A second message with the same `taskId` is refused, and a second
   * run with the same assignment and key.
   * @throws {AppError} `store_full` (no space left), `store_read_only`, `already_delivered`, `run_exists`,
   * `run_taken`, `event_taken`, `assignment_changed`, `host_lapsed`, `store_failed`
   */
  commit(writes: readonly Write[], durability: Durability): Promise<readonly Change[]>;
  /** Called after each commit of this host, in commit order. A listener that throws harms nobody. Returns its undo. */
  onCommit(listener: (changes: readonly Change[]) => void): () => void;
}

export interface TaskQuery {
  readonly statuses?: readonly Status[];
  readonly sessionId?: string;
  readonly source?: TaskSource['type'];
  readonly server?: string;
  readonly parentId?: string;
  /** Words to find in title, tool, arguments and result preview; all of them must match, prefixes count. */
  readonly words?: string;
  /** 1 to 200. */
  readonly limit: number;
  /** As returned by the page before. */
  readonly cursor?: string;
}

export type TaskCounts = Readonly<Record<Status, number>>;

export interface TaskReader {
  get(id: string): Promise<Task | undefined>;
  /** Newest first, keyset-paged. @throws {AppError} `invalid_cursor` */
  list(query: TaskQuery): Promise<{ readonly tasks: readonly Task[]; readonly nextCursor?: string }>;
  /** Kept, not counted: costs the same with a million rows. */
  counts(): Promise<TaskCounts>;
  /** The whole result, as JSON text. */
  content(id: string): Promise<string | undefined>;
  /** Tasks of this host that did not end, oldest first. */
  active(): Promise<readonly Task[]>;
  /** The tasks of this host whose work may be found again, oldest first; ended ones among them only when `lost`. */
  handles(): Promise<readonly { readonly task: Task; readonly handle: Handle }[]>;
  /** What finds the work of a task again, whichever host it belongs to. */
  handle(id: string): Promise<Handle | undefined>;
  /** Ended tasks of this host whose delivery is pending, oldest end first, at most `limit`. */
  undelivered(limit: number): Promise<readonly Task[]>;
  /** Durations (ms) of the newest completed runs of a tool, newest first. */
  durations(server: string, tool: string, limit: number): Promise<readonly number[]>;
  /** The id of the host whose work it is; '' where hosts are alone. */
  hostOf(id: string): Promise<string | undefined>;
  /** How many tasks of each session are active. */
  activeBySession(): Promise<ReadonlyMap<string, number>>;
}

export interface SessionReader {
  get(id: string): Promise<Session | undefined>;
  /** Not the deleted ones; newest change first, keyset-paged. */
  list(query: {
    /** Words to find in the title; all of them must match, prefixes count. */
    readonly words?: string;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<{
    readonly sessions: readonly Session[];
    readonly nextCursor?: string;
  }>;
  /** The one session of kind `direct`, if it exists. */
  direct(): Promise<Session | undefined>;
}

export interface MessageReader {
  get(id: string): Promise<Message | undefined>;
  /** The newest `limit` messages older than `cursor`, returned oldest first. */
  list(query: { readonly sessionId: string; readonly limit: number; readonly cursor?: string }): Promise<{
    readonly messages: readonly Message[];
    readonly nextCursor?: string;
  }>;
  /**
   * Messages that hold all of these words, prefixes count, of sessions that are there; the newest first, keyset-paged.
   * Not those that others have replaced. @throws {AppError} `invalid_cursor`
   */
  search(query: { readonly words: string; readonly limit: number; readonly cursor?: string }): Promise<{
    /** `text` is what of the message was looked through. */
    readonly found: readonly { readonly message: Message; readonly text: string }[];
    readonly nextCursor?: string;
  }>;
  /** The message that delivers this task's end. */
  deliveryOf(taskId: string): Promise<Message | undefined>;
  /** Messages of this host with a call part in state `open`: calls whose end nobody noted yet. */
  openCalls(): Promise<readonly Message[]>;
}

export interface ServerReader {
  list(): Promise<readonly ServerView[]>;
}

/** The log of each task: head and tail are kept, the middle is cut and marked with one `cut` entry. */
export interface TaskLog {
  append(
    lines: readonly {
      readonly taskId: string;
      readonly at: string;
      readonly kind: LogKind;
      readonly text: string;
    }[],
  ): Promise<void>;
  /** Entries with n > after, oldest first. */
  read(query: {
    readonly taskId: string;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly LogEntry[]>;
  /** The newest entries, oldest first. */
  tail(query: { readonly taskId: string; readonly limit: number }): Promise<readonly LogEntry[]>;
}

/** Processes that this host owns; written durably before they can outlive us. */
export interface SpawnLedger {
  add(spawn: Spawn): Promise<void>;
  remove(id: string): Promise<void>;
  all(): Promise<readonly Spawn[]>;
}

/**
 * What sources remember from one run to the next, as JSON: how a server spoke, how a tool behaved. Nothing of it
 * is shown as it is, and losing the newest of it in a power cut harms nobody.
 */
export interface SourceNotes {
  get(scope: string, key: string): Promise<unknown>;
  all(scope: string): Promise<readonly { readonly key: string; readonly note: unknown }[]>;
  put(scope: string, key: string, note: unknown): Promise<void>;
  remove(scope: string, key: string): Promise<void>;
}

/** Everything after a seq: what a reader that was away has missed. */
export interface ChangeReader {
  /** The highest seq given so far. */
  head(): Promise<number>;
  /** The newest state of each record changed after `after`, in order of seq, at most `limit`. */
  since(after: number, limit: number): Promise<readonly Change[]>;
  /**
   * All changes in order of seq, those of other hosts too (but for their servers): several of one record at once may be
   * told as its newest. Returns its undo.
   */
  follow(listener: (changes: readonly Change[]) => void): () => void;
  /** The same, but for those of this host: nothing where it is alone with the database. */
  followOthers(listener: (changes: readonly Change[]) => void): () => void;
}

export interface Store {
  readonly writer: Writer;
  readonly tasks: TaskReader;
  readonly sessions: SessionReader;
  readonly messages: MessageReader;
  readonly servers: ServerReader;
  readonly assignments: AssignmentReader;
  readonly runs: RunReader;
  readonly inbox: EventInbox;
  readonly log: TaskLog;
  readonly spawns: SpawnLedger;
  readonly notes: SourceNotes;
  readonly changes: ChangeReader;
  /** The hosts that share this database; absent where a host is alone with it. */
  readonly hosts?: HostRoster;
  /** For the readiness probe: the cheapest question that needs the database. @throws {AppError} */
  ping(): Promise<void>;
  close(): Promise<void>;
}
