import type { EndedStatus } from './status.ts';
import type { Answer, CancelAnswer, Failure, Progress, Question, Task } from './task.ts';

/** What a source knows of its work when the task appears. */
export type NewTask = Pick<
  Task,
  'id' | 'title' | 'source' | 'sessionId' | 'parentId' | 'cancel' | 'startedAt'
> &
  Partial<Pick<Task, 'progress' | 'expected'>>;

/**
 * What a source needs to find its work again after a break or a restart, as JSON; nobody else reads it. It is kept
 * beside the marker, never in it, for as long as the end may still be learned.
 */
export type Handle = Readonly<Record<string, unknown>>;

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
  /** What became of the request to stop, where there was one. */
  readonly cancelAnswer?: CancelAnswer;
  /** With `lost`: nobody can ever tell, so nothing is kept to look for the work. */
  readonly forGood?: true;
}

/** One line for a task's log. */
export interface LogLine {
  readonly kind: 'status' | 'progress' | 'server' | 'output';
  readonly text: string;
}

/** What a source says of its work. Each is judged against the table of moves before it is noted. */
export type Report =
  | { readonly type: 'started'; readonly task: NewTask; readonly handle?: Handle }
  /**
   * How to find the work again has changed; null when it cannot be found any more. Soon on disk, or before the
   * report settles.
   */
  | {
      readonly type: 'handled';
      readonly taskId: string;
      readonly handle: Handle | null;
      readonly durably?: true;
    }
  | { readonly type: 'progressed'; readonly taskId: string; readonly progress: Progress }
  | { readonly type: 'alive'; readonly taskId: string }
  /** What the source says of its state, in words. */
  | { readonly type: 'told'; readonly taskId: string; readonly message: string }
  | {
      readonly type: 'asked';
      readonly taskId: string;
      readonly question: Omit<Question, 'askedAt'>;
      readonly handle?: Handle;
    }
  | {
      readonly type: 'answered';
      readonly taskId: string;
      readonly key: string;
      readonly action: Answer['action'];
    }
  /** A question is not asked any more, for the reason given. */
  | { readonly type: 'withdrawn'; readonly taskId: string; readonly key: string; readonly why: string }
  | { readonly type: 'contact_lost'; readonly taskId: string; readonly note: string }
  | { readonly type: 'contact_back'; readonly taskId: string }
  | { readonly type: 'logged'; readonly taskId: string; readonly lines: readonly LogLine[] }
  | { readonly type: 'cancel_requested'; readonly taskId: string; readonly by: string }
  | {
      readonly type: 'cancel_noted';
      readonly taskId: string;
      readonly answer: CancelAnswer;
      readonly note: string;
    }
  | { readonly type: 'ended'; readonly taskId: string; readonly ending: Ending }
  | { readonly type: 'delivered'; readonly taskId: string; readonly messageId: string }
  | { readonly type: 'undeliverable'; readonly taskId: string; readonly error: string };
