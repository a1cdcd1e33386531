import type { ServerView } from '../../store/records.ts';
import type { AssignmentDirectory } from '../assignment-directory.ts';
import type { CallAnswer } from '../source.ts';

/** What the assistant needs of the other sources; the host hands it in. */
export interface AssistantPorts {
  readonly servers: () => readonly ServerView[];
  /**
   * Makes a call like any other. Settles when it has ended or has become a task.
   * @throws {AppError} before anything was sent
   */
  readonly call: (request: {
    readonly server: string;
    readonly tool: string;
    readonly arguments: Readonly<Record<string, unknown>>;
    readonly sessionId: string;
    /** Chosen before, so that after a crash it is known whether the call was sent. */
    readonly messageId: string;
  }) => Promise<CallAnswer>;
  /** Whether its server itself has handed it back as a task, to be asked for later. */
  readonly isHandedBack: (taskId: string) => Promise<boolean>;
  readonly cancel: (taskId: string, by: string) => Promise<void>;
  readonly assignments: Pick<AssignmentDirectory, 'preview' | 'change' | 'remove' | 'run'>;
  /** Whether new work may begin now. */
  readonly mayBegin: () => boolean;
}
