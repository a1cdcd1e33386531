import type { ServerView } from '../store/records.ts';
import type { Task, TaskSource } from '../task/task.ts';
import type { ServerEntry } from './server-entry.ts';

/**
 * The port of everything that does work and reports on it. Views ask a source; the source acts and, sooner or
 * later, reports.
 */
export interface Source {
  readonly type: TaskSource['type'];
  /**
   * Accounts for the work that a run before this one left active: takes it up again or reports its end.
   * Settles when every one of them is accounted for, before anyone is served.
   */
  recover(left: readonly Task[]): Promise<void>;
  /** Begins to accept work. */
  open(): Promise<void>;
  /** Ends what cannot outlive us, truthfully; settles when nothing of it is left. */
  close(): Promise<void>;
  /**
   * Asks for a stop. The request is noted before this settles; the end comes as a report.
   * @throws {AppError} `cancel_unsupported`, `already_ended`
   */
  cancel(taskId: string, options: { readonly by: string; readonly force: boolean }): Promise<void>;
}

/** One use of a tool, asked for directly. */
export interface CallRequest {
  readonly server: string;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Where it belongs; asked for once nothing stands against the call, so that a refusal makes no session. */
  readonly sessionId: string | (() => Promise<string>);
}

/** What can be said of a call: it has ended, or it has become a task, whichever was first. */
export interface CallAnswer {
  readonly callId: string;
  readonly sessionId: string;
  readonly taskId?: string;
  readonly result?: { readonly isError: boolean; readonly content: unknown };
  readonly failure?: { readonly reason: string; readonly message: string };
}

export interface ToolCaller {
  /**
   * @throws {AppError} before anything has begun: `server_not_found`, `server_off`, `server_unavailable`,
   *   `tool_not_found`, `invalid_arguments`, `too_many_calls`, or the store's error
   */
  call(request: CallRequest): Promise<CallAnswer>;
}

/** The servers that are configured. Changes go to `mcp.json`, and from there to the connections. */
export interface ServerDirectory {
  list(): readonly ServerView[];
  get(name: string): ServerView | undefined;
  /** What is wrong with the file as a whole, with line and expectation. */
  configError(): string | undefined;
  /** @throws {AppError} `server_exists`, `invalid_request`, `config_invalid`, `config_read_only` */
  add(name: string, entry: ServerEntry): Promise<ServerView>;
  /** Fields of `change` replace those of the entry. @throws {AppError} as above, `server_not_found` */
  change(name: string, change: ServerEntry): Promise<ServerView>;
  remove(name: string): Promise<void>;
  /** Tries to connect now instead of at the end of the back-off. */
  retry(name: string): Promise<ServerView>;
}
