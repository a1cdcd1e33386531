import type { Message, Session } from '../store/records.ts';

/** A person's answer that holds from now on; `id` is `server` or `server.tool`. */
export interface Remembered {
  readonly id: string;
  readonly server: string;
  readonly tool?: string;
  readonly allow: boolean;
  readonly at: string;
}

/** When a follow-up is given: once the task has ended, at so many percent, or when it takes longer than it usually does. */
export type FollowUpWhen = 'ended' | { readonly progress: number } | 'slower_than_usual';

/** Something to be said in the chat of a task, once, when the task has come so far. */
export interface FollowUp {
  readonly id: string;
  readonly taskId: string;
  readonly when: FollowUpWhen;
  readonly text: string;
  readonly by: 'person' | 'assistant';
  readonly createdAt: string;
}

/** What is asked of the assistant, by views. What it does is seen in the chat. */
export interface AssistantControl {
  /** The steps that go on or wait for a person, of all chats. */
  openSteps(): Promise<readonly Message[]>;
  /**
   * Stops generating; tasks go on.
   * @returns the step that was stopped, as it stands now; undefined where nothing went on
   */
  stop(sessionId: string): Promise<Message | undefined>;
  /**
   * Goes on with a turn that was interrupted, stopped or has failed.
   * @throws {AppError} `message_not_found`, `turn_not_open`, `no_model`
   */
  continue(sessionId: string, messageId: string): Promise<readonly Message[]>;
  /**
   * Asks again: the turn of this message, or the one that answers it, is hidden with all that came later.
   * @throws {AppError} `message_not_found`, `no_model`
   */
  retry(sessionId: string, messageId: string): Promise<readonly Message[]>;
  /** What a person said is said otherwise; it is hidden with all that came later. @throws {AppError} as `retry` */
  edit(sessionId: string, messageId: string, text: string): Promise<readonly Message[]>;
  /** A new chat with copies of all up to this message. @throws {AppError} `message_not_found` */
  branch(sessionId: string, messageId: string): Promise<Session>;
  /**
   * Lets a tool run that waits for it, or not.
   * @throws {AppError} `message_not_found`, `approval_settled`, `turn_not_open`
   */
  approve(
    sessionId: string,
    messageId: string,
    callId: string,
    answer: { readonly allow: boolean; readonly remember?: 'tool' | 'server' | undefined },
  ): Promise<Message>;
  remembered(): Promise<readonly Remembered[]>;
  /** @throws {AppError} `not_found` */
  forget(id: string): Promise<void>;
  /** Those that wait, the oldest first. @throws {AppError} `task_not_found` */
  followUps(taskId: string): Promise<readonly FollowUp[]>;
  /** @throws {AppError} `task_not_found`, `already_ended`, `invalid_request` where it can never come to that */
  addFollowUp(
    taskId: string,
    followUp: Pick<FollowUp, 'when' | 'text'>,
    by: FollowUp['by'],
  ): Promise<FollowUp>;
  /** What is left out stays. @throws {AppError} as `addFollowUp`, `not_found` once it has been given */
  changeFollowUp(
    taskId: string,
    id: string,
    change: Partial<Pick<FollowUp, 'when' | 'text'>>,
  ): Promise<FollowUp>;
  /** @throws {AppError} `not_found` */
  removeFollowUp(taskId: string, id: string): Promise<void>;
  /** Whether the assistant takes a turn when this task ends. @throws {AppError} `task_not_found` */
  mute(taskId: string, muted: boolean): Promise<void>;
  /** `awaited`: the assistant knows that its end will come. @throws {AppError} `task_not_found` */
  reaction(taskId: string): Promise<{ readonly awaited: boolean; readonly muted: boolean }>;
}
