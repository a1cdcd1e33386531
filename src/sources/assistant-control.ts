import type { Message, Session } from '../store/records.ts';

/** A person's answer that holds from now on; `id` is `server` or `server.tool`. */
export interface Remembered {
  readonly id: string;
  readonly server: string;
  readonly tool?: string;
  readonly allow: boolean;
  readonly at: string;
}

/** What is asked of the assistant, by views. What it does is seen in the chat. */
export interface AssistantControl {
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
  /** Whether the assistant takes a turn when this task ends. @throws {AppError} `task_not_found` */
  mute(taskId: string, muted: boolean): Promise<void>;
}
