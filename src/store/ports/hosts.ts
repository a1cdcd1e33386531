import type { Run } from '../../assignment/run.ts';
import type { Task } from '../../task/task.ts';
import type { Message } from '../records.ts';

/* Several hosts on one database, as `store/ports.ts` offers it. */

/** What a host that is gone has left. Its runs, their tasks and its deliveries belong to us now. */
export interface Estate {
  /** Runs that went on there, to be gone on with. */
  readonly runs: readonly Run[];
  /** The tasks of those runs that are active. */
  readonly runTasks: readonly Task[];
  /** Other active tasks: what becomes of their work nobody here can know. They stay with the host that is gone. */
  readonly tasks: readonly Task[];
  /** Messages with calls whose end nobody noted; they stay, too. */
  readonly calls: readonly Message[];
  /** Ended tasks that are still to be delivered. */
  readonly undelivered: readonly Task[];
}

/** What one host asks of another about its work. */
export interface HostRequest {
  readonly what: string;
  readonly body: unknown;
}

export interface HostEvents {
  /**
   * A host is gone, and nobody else takes over what it left. While this goes on the host cannot come back, and what
   * it would still write is refused.
   */
  gone(estate: Estate, host: string): Promise<void>;
  /** We were taken for gone, and others may have taken over. We may write again once this has settled. */
  lapsed(): Promise<void>;
  /** Another host asks. What is thrown is told to it. */
  asked(request: HostRequest): Promise<void>;
}

/** The hosts that share the database. Each shows by a beat that it is there. */
export interface HostRoster {
  readonly id: string;
  /** Those that are there, this one too, in order of id; as of the last beat. */
  here(): readonly string[];
  /** Begins to follow the others. */
  open(events: HostEvents): void;
  /**
   * Has another host do something with work of its own.
   * @throws {AppError} what it answers; `server_unavailable` when it does not
   */
  ask(host: string, request: HostRequest): Promise<void>;
  /** Stops following. The host leaves when the store is closed. */
  close(): Promise<void>;
}
