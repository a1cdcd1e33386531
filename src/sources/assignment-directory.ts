import type { Assignment } from '../assignment/assignment.ts';
import type { AssignmentDraft, Preview } from '../assignment/draft.ts';
import type { HookKeys } from '../assignment/hook-keys.ts';
import type { AcceptedEvent, Run } from '../assignment/run.ts';
import type { Usage } from '../assignment/usage.ts';
import type { Write } from '../store/ports.ts';

export type { AssignmentDraft, Preview } from '../assignment/draft.ts';

/** The assignments, for views. All changes are on disk when a promise settles. */
export interface AssignmentDirectory {
  /** @throws {AppError} `invalid_request` naming the field and what was expected */
  preview(draft: AssignmentDraft): Promise<Preview>;
  /**
   * Runs a draft once without saving it: its calls are made in a chat, and shown as a task.
   * @returns the run's task and where it is told
   * @throws {AppError} as `preview`, `shutting_down`
   */
  tryNow(draft: AssignmentDraft, event?: AcceptedEvent): Promise<{ taskId: string; sessionId: string }>;
  /** @returns with a hook trigger also what opens it, which is told this once */
  create(
    draft: AssignmentDraft,
    by: Assignment['createdBy'],
  ): Promise<{ assignment: Assignment; hook?: HookKeys }>;
  /** Fields of `change` replace those that are there; `state` pauses and resumes. @throws {AppError} `assignment_not_found` */
  change(
    id: string,
    change: Partial<AssignmentDraft> & { readonly state?: 'on' | 'paused' },
  ): Promise<Assignment>;
  /** A mark stays for as long as it can be taken back with `restore`. Runs that go on are not stopped. */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<Assignment>;
  /** Fires it now, whatever its state. @throws {AppError} `assignment_not_found`, `shutting_down` */
  run(id: string): Promise<Run>;
  /** A new token for its hook, and secret where it is signed; the old ones stop working. */
  renewHook(id: string): Promise<HookKeys>;
  /** All of them, to be kept or moved; secrets (hook tokens) are left out. */
  export(): Promise<AssignmentExport>;
  /** Makes those that are not there yet, paused. @returns how many were made, and what was wrong with the others */
  import(file: unknown): Promise<{ made: number; skipped: readonly { title: string; why: string }[] }>;
  /**
   * An event from outside, for the assignment of this token. Settled once it is on disk.
   * @returns undefined where no assignment has this token; a repeated one says so
   * @throws {AppError} `invalid_request` (body, signature, time)
   */
  hook(
    token: string,
    request: { readonly headers: Headers; readonly body: string },
  ): Promise<{ readonly accepted: boolean } | undefined>;
}

export interface AssignmentExport {
  readonly meanwhile: 'assignments';
  readonly version: 1;
  readonly assignments: readonly AssignmentDraft[];
}

/** What the source of assignments needs of others; the host hands it in. */
export interface AssignmentPorts {
  /**
   * Makes one call as part of a run and settles when it has ended, however long it takes. Settled too when it was cut off.
   * @param callId chosen before, so that after a crash it is known whether it was sent
   * @throws {AppError} before anything was sent
   */
  readonly call: (request: StepRequest, signal: AbortSignal) => Promise<StepOutcome>;
  /** What became of a call that was sent before a crash: its end, waited for where it goes on; undefined: never sent. */
  readonly outcomeOf: (callId: string, signal: AbortSignal) => Promise<StepOutcome | undefined>;
  /** Whether a tool says that calling it twice does no harm; undefined where it is not known. */
  readonly isSafeToRepeat: (server: string, tool: string) => boolean | undefined;
  /**
   * Arguments of a tool that are command lines of a shell, as its schema says (`contentMediaType: application/x-sh`):
   * what is filled in there is quoted. Waits for a server that is still connecting.
   * @throws {AppError} why the tool is not to be had
   */
  readonly shellFields: (server: string, tool: string) => Promise<readonly string[]>;
  /** The same, as far as it is known at this moment; nothing of a server that is not connected. */
  readonly knownShellFields: (server: string, tool: string) => readonly string[];
  /** What keeps a call from being made now, in words. */
  readonly problemOf: (server: string, tool: string) => string | undefined;
  /**
   * Gives a text to the assistant, as a turn of this session; undefined while no model is set up: then the text is
   * delivered as a reminder, as the result of its run, and its step is completed.
   */
  readonly say?:
    | ((
        /** `messageId` is chosen before, so that after a crash `outcomeOf` finds what was given. */
        request: { readonly sessionId: string; readonly text: string; readonly messageId: string },
        signal: AbortSignal,
      ) => Promise<StepOutcome>)
    | undefined;
  readonly newSession: (title: string) => Promise<string>;
  /** What is to be written for a notice in a chat, together with what it tells of; nothing where the chat was deleted. */
  readonly notice: (sessionId: string, text: string) => Promise<readonly Write[]>;
}

export interface StepRequest {
  readonly callId: string;
  readonly server: string;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly sessionId: string;
  /** The task of the run: should the call become a task, it is a child of it. */
  readonly parentId: string;
  /** Told as soon as the call has become a task. */
  readonly becameTask: (taskId: string) => void;
}

export interface StepOutcome {
  readonly state: 'completed' | 'failed' | 'cancelled' | 'lost';
  readonly taskId?: string;
  readonly preview?: string;
  /** The whole result as JSON text, for templates of later steps. */
  readonly content?: string;
  readonly failure?: string;
  /** What models have taken for it. */
  readonly usage?: Usage;
}
