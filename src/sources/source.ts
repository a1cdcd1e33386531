import type { ServerView } from '../store/records.ts';
import type { Answer, CancelAnswer, Task, TaskSource } from '../task/task.ts';
import type { ServerChange, ServerEntry } from './server-entry.ts';

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
   * Asks for a stop, or with `force` ends the processes that do the work. The request is noted before this
   * settles; the end comes as a report. Force says first what else it would end, and does so only when all of
   * it stands in `alsoEnds` (ids of tasks and calls).
   * @throws {AppError} `cancel_unsupported`, `already_ended`, `would_end_others`
   */
  cancel(taskId: string, options: CancelRequest): Promise<void>;
  /**
   * Answers a question of a task. Settles when the answer has been handed over and noted.
   * @throws {AppError} `input_not_asked`, `invalid_request` naming the fields, `server_unavailable`
   */
  answer(taskId: string, answer: Answer): Promise<void>;
  /**
   * Ends the waiting, not the work: the task is `lost`, and corrected when its true end turns up.
   * @throws {AppError} `already_ended`
   */
  stopWaiting(taskId: string, by: string): Promise<void>;
  /** What becomes of active work when we stop now. */
  fateOf(task: Task): Fate;
}

export interface CancelRequest {
  readonly by: string;
  readonly force: boolean;
  readonly alsoEnds?: readonly string[];
}

/**
 * What becomes of work when we stop. `reattached`: it goes on elsewhere and the next start finds it again.
 * `interrupted`: it ends with us. `lost`: it may go on, but its end can no longer reach us.
 */
export type Fate = 'reattached' | 'interrupted' | 'lost';

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
  /**
   * Does the call of a task again, because a person asks for it.
   * @throws {AppError} `arguments_not_kept` when secrets were taken out of what is known of the call; as `call`
   */
  callAgain(taskId: string): Promise<CallAnswer>;
}

/** One thing that was looked at while a server was tested, and what was seen, in words. */
export interface ServerCheck {
  readonly what: string;
  readonly result: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly words: string;
}

/** What a tool was seen to do in real calls; `cancels` newest first, `ms` from the request to what became of it. */
export interface ToolSeen {
  readonly reportsProgress?: true;
  readonly hasTotals?: true;
  readonly asks?: true;
  readonly cancels: readonly { readonly at: string; readonly answer: CancelAnswer; readonly ms: number }[];
}

export interface ServerReport {
  readonly checks: readonly ServerCheck[];
  /** What each tool was seen to do in real calls; `words` says it in a line for people. */
  readonly tools: readonly { readonly name: string; readonly seen: ToolSeen; readonly words: string }[];
}

export interface ServerTester {
  /**
   * Tests a server on a connection of its own, within 60 s; uses only the tool that is named, twice.
   * @throws {AppError} `server_not_found`, `tool_not_found`, `invalid_arguments`
   */
  test(
    name: string,
    what: {
      readonly tool?: string | undefined;
      readonly arguments?: Readonly<Record<string, unknown>> | undefined;
    },
    signal: AbortSignal,
  ): Promise<ServerReport>;
}

/** The servers that are configured. Changes go to `mcp.json`, and from there to the connections. */
export interface ServerDirectory {
  list(): readonly ServerView[];
  get(name: string): ServerView | undefined;
  /** What is wrong with the file as a whole, with line and expectation. */
  configError(): string | undefined;
  /** @throws {AppError} `server_exists`, `invalid_request`, `config_invalid`, `config_read_only` */
  add(name: string, entry: ServerEntry): Promise<ServerView>;
  /**
   * Fields of `change` replace those of the entry. New settings are checked first, and a server that is on is started
   * anew with them, which ends its work: only when all of it stands in `alsoEnds`.
   * @throws {AppError} as above, `server_not_found`, `would_end_others`
   */
  change(name: string, change: ServerChange): Promise<ServerView>;
  remove(name: string): Promise<void>;
  /** Tries to connect now instead of at the end of the back-off. */
  retry(name: string): Promise<ServerView>;
  /**
   * Begins a person's sign-in to a server (OAuth).
   * @returns the address to open in a browser
   * @throws {AppError} `server_not_found`, `sign_in_not_offered`, `sign_in_failed`
   */
  signIn(name: string): Promise<string>;
  /** The person has come back. @returns the server's name @throws {AppError} `sign_in_unknown`, `sign_in_failed` */
  finishSignIn(query: URLSearchParams): Promise<string>;
  /** Forgets the tokens of a server and connects anew without. @throws {AppError} as `signIn` */
  signOut(name: string): Promise<ServerView>;
}
