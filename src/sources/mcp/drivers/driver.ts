import type { Client, Transport } from '@modelcontextprotocol/client';
import type { Tool } from '../../../store/records.ts';
import type { Ending, Handle, LogLine } from '../../../task/report.ts';
import type { Answer, Cancel, CancelAnswer, Progress, Question } from '../../../task/task.ts';
import type { NoticeStream } from '../transport/notice-stream.ts';
import type { WireTap } from '../wire/wire-tap.ts';

/** The generations of long work: plain calls, tasks of 2025-11-25, the tasks extension of 2026-07-28. */
export type Generation = 'plain' | 'v1' | 'v2';

/** One open connection, as a driver needs it. */
export interface OpenConnection {
  readonly client: Client;
  readonly transport: Transport;
  readonly tap: WireTap;
  readonly server: string;
  /** `sse` is the old HTTP+SSE transport of 2024-11-05. */
  readonly kind: 'stdio' | 'http' | 'sse';
  /** Only of Streamable HTTP. */
  readonly notices?: NoticeStream;
  readonly protocolVersion: string;
  readonly generation: Generation;
  /** What is answered without asking a person, by the method of the request. */
  readonly standing: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The tools as the server lists them now. */
  tools(): readonly Tool[];
  /** Why the connection ended, in words; settles when it does. */
  readonly ended: Promise<string>;
}

/** Whoever takes up a response stream. */
export interface StreamListener {
  /** The server has the stream. */
  opened(): void;
  /** After this event it can be taken up again. */
  event(eventId: string): void;
}

/** A way into a session that another connection began, to take up the work in it; it makes no calls. */
export interface SessionConnection {
  readonly tap: WireTap;
  /**
   * Takes up a response stream after an event; what it brings comes in over the tap.
   * @returns when the stream ended, be it with the answer or without
   * @throws {Error} when it cannot be taken up; `isGone` tells whether it ever can be
   */
  resume(eventId: string, heard: StreamListener, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** What names a session of Streamable HTTP before 2026-07-28, so that it can be entered again. */
export interface SessionRef {
  readonly sessionId: string;
  readonly protocolVersion: string;
}

/** Where a driver finds its server again, through every break. */
export interface ServerLink {
  readonly server: string;
  /** Whether the processes of the server are ours, so that its work ends with the connection. */
  readonly isLocal: boolean;
  /** Whether the configuration names it no more. */
  isRemoved(): boolean;
  /** The connection as it stands. */
  current(): OpenConnection | undefined;
  /** The connection as it stands, or the next one. @throws {AppError} when there will be none */
  connected(signal: AbortSignal): Promise<OpenConnection>;
  /** Enters a session that an earlier connection, or an earlier run of the host, began. */
  enterSession(session: SessionRef): Promise<SessionConnection>;
}

/** What the caller wants to hear while the work goes on. */
export interface CallObserver {
  progress(progress: Progress): void;
  log(lines: readonly LogLine[]): void;
  /** What the server says of the state of its work. */
  told(message: string): void;
  /**
   * How the work is found again; null when it cannot be any more. The first one makes the call a task. The first
   * one and null are on disk when this settles, others soon after.
   */
  handle(handle: Handle | null): Promise<void>;
  /** How the work could be found again, once it is a task; makes none of it. */
  keep(handle: Handle): void;
  /** On disk, and the call a task, when this settles. */
  asked(question: Omit<Question, 'askedAt'>, handle?: Handle): Promise<void>;
  /** The keys of the questions that stand on the task, those from before a restart too. */
  standing(): readonly string[];
  answered(key: string, action: Answer['action']): void;
  withdrawn(key: string, why: string): void;
  contactLost(note: string): void;
  contactBack(): void;
  /** What became of a request to stop, in words, before the end. */
  cancelNoted(answer: CancelAnswer, note: string): void;
  /** The true end of work that was given up as `lost`. */
  corrected(ending: Ending): void;
}

/** Work that has been sent. */
export interface RunningCall {
  /** Never rejects: failure of work is data. */
  readonly done: Promise<Ending>;
  /** Settles when nothing more can be learned; after `done`, when the work was lost. */
  readonly over: Promise<void>;
  /** Asks for a stop; `done` tells what became of it. Repeating it changes nothing. */
  cancel(): void;
  /** Ends the call as given up by us, asking the server to stop. */
  giveUp(ending: Ending): void;
  /** Ends the waiting only: nobody is asked to stop, and the true end is reported should it turn up. */
  stopWaiting(ending: Ending): void;
  /** @throws {AppError} `input_not_asked`, `server_unavailable` */
  answer(answer: Answer): Promise<void>;
  /** Whether the work goes on without us, so that a later run of the host finds it again. */
  readonly survives: boolean;
  /** Follows no longer, and asks nobody to stop. `done` does not settle any more. */
  leave(): void;
}

/** The call that a driver is to make. */
export interface CallOrder {
  readonly tool: Tool;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly token: string;
  readonly cancelSupport: Cancel['support'];
}
