import type { Status } from './status.ts';

/** Why a task failed. One word for programs; the words for people are in `Failure.message`. */
export const FAILURE_REASONS = [
  'tool_error', // the tool answered with isError: true
  'protocol_error', // the server answered with a JSON-RPC error
  'server_exited', // the server's process or connection ended in the middle of the work
  'timeout_idle', // no sign of life for idleTimeoutMs
  'timeout_total', // the optional total limit was reached
  'interrupted', // we were stopped, and the work could not outlive us
  'rejected', // the work could not start
] as const;

export type FailureReason = (typeof FAILURE_REASONS)[number];

/** What does the work, and what was asked of it. Secrets in `args` are masked before they get here. */
export interface TaskSource {
  readonly type: 'mcp' | 'assignment' | 'turn';
  readonly server?: string;
  readonly tool?: string;
  readonly device?: string;
  readonly assignmentId?: string;
  readonly args?: Readonly<Record<string, unknown>>;
  /** Set where `args` is not all that was asked: secrets and very long texts are not kept. */
  readonly argsIncomplete?: true;
  /** Set where the tool itself says that doing it twice does no harm (it is read-only or idempotent). */
  readonly safeToRepeat?: true;
}

/** The newest progress. `total` is absent when the end cannot be told; then the bar is indeterminate. */
export interface Progress {
  readonly value: number;
  readonly total?: number;
  readonly unit?: string;
  readonly message?: string;
  /** Names what is counted now; the numbers of another phase begin anew. */
  readonly phase?: string;
}

/**
 * How far the work can be stopped. `none`: it cannot, so no view offers Cancel. `request`: it can be asked.
 * `confirmed`: it is known to stop and to say so. `force`: only by ending the server's process group.
 */
export const CANCEL_SUPPORTS = ['none', 'request', 'confirmed', 'force'] as const;

/** What became of a request to stop, one step of the ladder after the other. */
export const CANCEL_ANSWERS = [
  'acknowledged', // the server says that it has heard
  'ignored', // the work went on although it was asked to stop
  'stopped', // the server says that it has stopped
  'assumed', // nobody said so, and nothing more was heard
] as const;

export type CancelAnswer = (typeof CANCEL_ANSWERS)[number];

export interface Cancel {
  readonly support: (typeof CANCEL_SUPPORTS)[number];
  /** Whether ending the server's processes is ours to do, should nothing else help. */
  readonly canForce?: true;
  /** Set when a stop was asked for: views show "stopping" until the task ends. */
  readonly requestedAt?: string;
  readonly requestedBy?: string;
  readonly answer?: CancelAnswer;
  /** What the source said of the request, in words. */
  readonly note?: string;
}

export interface TaskResult {
  /** The first part of the result as text, at most PREVIEW_CHARS characters. */
  readonly preview: string;
  readonly isError: boolean;
  /** Names the whole result, which is read through `GET /api/tasks/{id}/result`. */
  readonly contentRef: string;
}

export interface Failure {
  readonly reason: FailureReason;
  readonly message: string;
  readonly code?: number;
}

/** Putting the end into its session: an axis of its own, beside the status. */
export interface Delivery {
  readonly state: 'none' | 'pending' | 'delivered' | 'undeliverable';
  readonly messageId?: string;
  readonly deliveredAt?: string;
  readonly seenAt?: string;
  readonly error?: string;
}

/** What this tool took before, from its own history of completed runs. */
export interface Expected {
  readonly medianMs: number;
  readonly p90Ms: number;
  readonly runs: number;
}

/** One thing that the work wants to know before it goes on. It waits for as long as it takes. */
export interface Question {
  readonly key: string;
  /** `form`: fields to fill in. `url`: a page to open, where the answer is given; it never comes by us. */
  readonly mode: 'form' | 'url';
  readonly message: string;
  /** With `form`: a flat JSON Schema object (MCP 2025-11-25 and 2026-07-28, "Elicitation"). */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** With `url`: an address to open in a browser, http or https. */
  readonly url?: string;
  readonly askedAt: string;
  /** Set when the server does not say which of its calls asks: on how many the question stands. */
  readonly sharedBy?: number;
}

/** How a question is answered, as MCP has it: given, refused, or put away without an answer. */
export const ANSWER_ACTIONS = ['accept', 'decline', 'cancel'] as const;

export interface Answer {
  readonly key: string;
  readonly action: (typeof ANSWER_ACTIONS)[number];
  readonly content?: Readonly<Record<string, unknown>>;
}

/** Set while the server cannot be reached and the work may still be found again. */
export interface ContactLost {
  readonly since: string;
  readonly note: string;
}

/**
 * The marker for one piece of long work. It does nothing: sources work, the tracker notes, the store keeps,
 * live tells, chat delivers, views show. The whole marker travels on every change. Times are ISO 8601 UTC.
 */
export interface Task {
  readonly id: string;
  /** One increasing number over all changes of everything; a reader that has seen N has seen all up to N. */
  readonly seq: number;
  readonly title: string;
  readonly source: TaskSource;
  readonly sessionId?: string;
  readonly parentId?: string;
  readonly status: Status;
  readonly statusMessage?: string;
  readonly progress?: Progress;
  readonly cancel: Cancel;
  /** What is asked while `input_required`; several may be open at once. */
  readonly input?: readonly Question[];
  readonly contactLost?: ContactLost;
  readonly createdAt: string;
  readonly startedAt: string;
  /** Last sign of life of any kind. */
  readonly aliveAt: string;
  /** Last real progress: a changed value or message. */
  readonly progressedAt?: string;
  readonly endedAt?: string;
  readonly result?: TaskResult;
  readonly failure?: Failure;
  readonly delivery: Delivery;
  readonly expected?: Expected;
}

/** How much of a result stands in the marker itself. */
export const PREVIEW_CHARS = 4_000;
