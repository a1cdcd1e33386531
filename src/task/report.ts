import type { EndedStatus } from './status.ts';
import type { Failure, Progress, Task } from './task.ts';

/** What a source knows of its work when the task appears. */
export type NewTask = Pick<
  Task,
  'id' | 'title' | 'source' | 'sessionId' | 'parentId' | 'cancel' | 'startedAt'
> &
  Partial<Pick<Task, 'progress' | 'expected'>>;

/** How work ended, as its source tells it. */
export interface Ending {
  readonly status: EndedStatus;
  /** The whole result as JSON text (for MCP: the CallToolResult), already capped by the source. */
  readonly content?: string;
  readonly preview?: string;
  readonly isError?: boolean;
  readonly failure?: Failure;
  /** Words beside the status, such as "Completed although it was asked to stop." */
  readonly statusMessage?: string;
}

/** One line for a task's log. */
export interface LogLine {
  readonly kind: 'status' | 'progress' | 'server' | 'output';
  readonly text: string;
}

/** What a source says of its work. Each is judged against the table of moves before it is noted. */
export type Report =
  | { readonly type: 'started'; readonly task: NewTask }
  | { readonly type: 'progressed'; readonly taskId: string; readonly progress: Progress }
  | { readonly type: 'alive'; readonly taskId: string }
  | { readonly type: 'logged'; readonly taskId: string; readonly lines: readonly LogLine[] }
  | { readonly type: 'cancel_requested'; readonly taskId: string; readonly by: string }
  | { readonly type: 'cancel_noted'; readonly taskId: string; readonly note: string }
  | { readonly type: 'ended'; readonly taskId: string; readonly ending: Ending }
  | { readonly type: 'delivered'; readonly taskId: string; readonly messageId: string }
  | { readonly type: 'undeliverable'; readonly taskId: string; readonly error: string };
