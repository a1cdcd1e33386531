import type { PlannedCall } from './assignment.ts';
import type { RunState, SkipReason } from './run-state.ts';
import type { Usage } from './usage.ts';

/** What a run was fired by. */
export type Cause =
  | {
      readonly type: 'timer';
      readonly dueAt: string /** Times that this run stands for, too. */;
      readonly missed?: number;
    }
  | { readonly type: 'event'; readonly events: readonly AcceptedEvent[] }
  /** A person asked for it; with a sample event where it is tried out. */
  | { readonly type: 'person'; readonly events?: readonly AcceptedEvent[] };

/** Something that happened, as it was accepted: on disk before its sender is told so. */
export interface AcceptedEvent {
  /** Given by the source; the same id from the same source is the same event. */
  readonly id: string;
  /** Such as `file.created`, `resource.updated`, `task.ended`, or what a hook says. */
  readonly type: string;
  readonly at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One call of a run. Recorded before it is sent, so that a crash in the middle is known for what it is. */
export interface RunStep {
  readonly call: PlannedCall;
  /** `sent`: on its way, or on its way when we were cut off. */
  readonly state: 'pending' | 'sent' | 'completed' | 'failed' | 'cancelled' | 'lost';
  readonly callId?: string;
  readonly taskId?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly preview?: string;
  readonly failure?: string;
  /** Of a text for the assistant. */
  readonly usage?: Usage;
}

/** One firing of an assignment: exactly one for each due time or event. */
export interface Run {
  readonly id: string;
  readonly seq: number;
  readonly assignmentId: string;
  /** What it is the one run of: a due time, a batch of events, a click. Unique within its assignment. */
  readonly key: string;
  readonly cause: Cause;
  readonly state: RunState;
  readonly skipReason?: SkipReason;
  /** Why it waits, failed or was skipped, in words. */
  readonly note?: string;
  /** Of its tries; the first is 1. */
  readonly attempt: number;
  /** When it may begin: its due time, or the time of its next try. */
  readonly notBefore: string;
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** The task that shows it, once it has begun. */
  readonly taskId?: string;
  readonly steps: readonly RunStep[];
}
