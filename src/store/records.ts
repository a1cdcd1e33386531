import type { AssignmentDraft, Preview } from '../assignment/draft.ts';
import type { Task } from '../task/task.ts';

/** A chat. A session that was deleted keeps its row as a mark, so that readers learn of the deletion. */
export interface Session {
  readonly id: string;
  readonly seq: number;
  readonly title: string;
  /** `direct` is the one session "Direct calls", home of calls made without naming a session. */
  readonly kind: 'chat' | 'direct';
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt?: string;
  /** The model that answers here; without one the default does. */
  readonly modelId?: string;
  /** Which tools the assistant may use here; without it, all of them. */
  readonly tools?: ToolRule;
  /** When it asks before it uses a tool; without it, `by_annotation`. */
  readonly ask?: AskRule;
  /** Whether the assistant takes a turn when work of it in the background has ended; without it, `on`. */
  readonly followUps?: 'on' | 'off';
}

/** Entries are `server` or `server.tool`. `only` left out stands for everything, and an empty one for nothing. */
export interface ToolRule {
  readonly only?: readonly string[];
  readonly except?: readonly string[];
}

/** `by_annotation`: tools that say they only read run at once, all others are asked for. */
export type AskRule = 'by_annotation' | 'always' | 'never';

/** One use of a tool, as it stands in a message. `open` calls are those whose end is not known yet. */
export interface CallPart {
  readonly type: 'call';
  readonly callId: string;
  readonly server: string;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly state: 'open' | 'task' | 'completed' | 'failed' | 'cancelled';
  readonly startedAt: string;
  readonly durationMs?: number;
  /** Set once the call has become a task; the end then stands in the message that delivers the task. */
  readonly taskId?: string;
  readonly preview?: string;
  readonly failure?: { readonly reason: string; readonly message: string };
}

/** An assignment that was understood and waits for a person's yes. */
export interface DraftPart {
  readonly type: 'draft';
  readonly draft: AssignmentDraft;
  /** As it was when it was understood. */
  readonly preview: Preview;
  readonly state: 'open' | 'made' | 'dropped';
  /** What was made of it. */
  readonly assignmentId?: string;
  /** The assistant proposed it. */
  readonly by?: 'assistant';
  /** The assignment that it changes; without one, it makes a new one. */
  readonly changes?: string;
}

/**
 * What the assistant asked of a tool in a step, and what it was told. Where the tool was used, the message `messageId`
 * holds the call itself.
 */
export interface UsePart {
  readonly type: 'use';
  /** The model's own name for it. */
  readonly callId: string;
  /** `meanwhile` for the tools of Meanwhile itself. */
  readonly server: string;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** `background`: it was told that the work goes on as a task. */
  readonly state: 'asked' | 'running' | 'background' | 'answered';
  readonly messageId?: string;
  readonly taskId?: string;
  readonly told?: { readonly text: string; readonly isError: boolean };
  /** What the provider of the model wants back with it. */
  readonly providerData?: Readonly<Record<string, unknown>>;
}

/** A use of a tool that waits for a person's word; `callId` is that of its use, in the same message. */
export interface ApprovalPart {
  readonly type: 'approval';
  readonly callId: string;
  readonly server: string;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly state: 'open' | 'allowed' | 'declined';
  /** The answer holds from now on for this tool, or for all tools of the server. */
  readonly remembered?: 'tool' | 'server';
}

/** Tokens as the provider counts them; `cost` by the price set for the model, in its currency. */
export interface TurnUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens?: number;
  readonly cost?: number;
  readonly currency?: string;
}

/**
 * One step of the assistant's turn: one answer of the model, and the tools that it asked for. Each step is a message of
 * its own; the state of a turn is that of its last step.
 */
export interface TurnStep {
  /** The same for all steps of a turn. */
  readonly id: string;
  readonly state: 'running' | 'waiting' | 'done' | 'stopped' | 'interrupted' | 'failed';
  readonly modelId: string;
  /** Counts from 1. */
  readonly step: number;
  readonly cause: 'said' | 'task_ended' | 'assignment';
  readonly startedAt: string;
  readonly endedAt?: string;
  /** Of this step. */
  readonly usage?: TurnUsage;
  readonly error?: { readonly code: string; readonly message: string };
  /** The model is asked again then, and why. */
  readonly retry?: { readonly at: string; readonly attempt: number; readonly message: string };
  /** Of how many earlier tool results the model saw a marker only, because its window is full. */
  readonly leftOut?: number;
}

export type MessagePart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | UsePart
  | ApprovalPart
  | CallPart
  /** The delivery of a task's end: a frozen copy of what the card shows. */
  | { readonly type: 'task'; readonly task: Task }
  | DraftPart
  /** `covers`: of a summary, the last message that it stands for. */
  | { readonly type: 'notice'; readonly text: string; readonly code?: string; readonly covers?: string };

export interface Message {
  readonly id: string;
  readonly seq: number;
  readonly sessionId: string;
  readonly role: 'user' | 'assistant' | 'system';
  readonly parts: readonly MessagePart[];
  /** On the one message that delivers this task's end; unique over all messages. */
  readonly taskId?: string;
  readonly createdAt: string;
  /** Set on what the assistant says: the step of its turn. */
  readonly turn?: TurnStep;
  /** It was said anew, or tried again: the message that stands for it now. Such a message is hidden, not deleted. */
  readonly supersededBy?: string;
}

/** A tool as its server describes it. */
export interface Tool {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly annotations?: Readonly<Record<string, unknown>>;
  /** What the tool says of tasks (2025-11-25): `required`, `optional`, or nothing, which is `forbidden`. */
  readonly taskSupport?: 'required' | 'optional' | 'forbidden';
}

export type SettingValue = string | number | boolean | readonly string[];

/** One thing that a server can be set to, from its manifest, and what `mcp.json` sets it to. */
export interface SettingField {
  readonly name: string;
  readonly type: 'directory' | 'file' | 'string' | 'number' | 'boolean';
  readonly title: string;
  readonly description?: string;
  /** A list of such values. */
  readonly multiple?: true;
  readonly required?: true;
  /** What the server takes where nothing is set. */
  readonly default?: SettingValue;
  /** Of a number. */
  readonly min?: number;
  readonly max?: number;
  readonly whole?: true;
  /** Offered for a list of texts; others may be given. */
  readonly suggestions?: readonly string[];
  /** The only texts that may be given. */
  readonly options?: readonly string[];
  /** As it stands in `mcp.json`, with its `${VAR}`. */
  readonly value?: SettingValue;
  /** The same with its variables filled in, where that is something else. */
  readonly expanded?: SettingValue;
}

export interface ServerSettings {
  readonly fields: readonly SettingField[];
  /** Settings that are secret: these are not given here, but through the environment of the server. */
  readonly secrets?: readonly string[];
  /** Why the manifest cannot be read. */
  readonly problem?: string;
}

/** What is shown of a connected server. Secrets (env, headers) never get here. */
export interface ServerView {
  readonly name: string;
  readonly seq: number;
  readonly title?: string;
  readonly description?: string;
  readonly enabled: boolean;
  /** `sse` is the old HTTP+SSE transport of 2024-11-05. */
  readonly transport: 'stdio' | 'http' | 'sse';
  /** The command line, or the address, without secrets. */
  readonly target: string;
  readonly state: 'connecting' | 'ready' | 'off' | 'failed' | 'removed';
  readonly error?: { readonly message: string; readonly hint?: string };
  readonly stderrTail?: string;
  /** When the next attempt to connect is due, while `failed`. */
  readonly retryAt?: string;
  readonly attempts?: number;
  readonly protocolVersion?: string;
  /** Which generation of long work it speaks: plain calls, v1 tasks (2025-11-25) or v2 tasks (extension). */
  readonly generation?: 'plain' | 'v1' | 'v2';
  /** When the version was last negotiated anew; between, what was found then is taken up again. */
  readonly negotiatedAt?: string;
  /** Set for servers that want a sign-in (OAuth): whether it is needed now. */
  readonly signIn?: 'needed' | 'done';
  readonly serverVersion?: string;
  /** Set for servers whose entry names a manifest. */
  readonly settings?: ServerSettings;
  readonly tools: readonly Tool[];
}

/** A process that we started and that must not outlive us, known by pid and start time. */
export interface Spawn {
  /** The cookie in the environment of the process and all that descend from it. */
  readonly id: string;
  readonly server: string;
  readonly pid: number;
  /** Start time as the system tells it (Linux: clock ticks since boot, with the boot id). */
  readonly startedAt: string;
}

export type LogKind = 'status' | 'progress' | 'server' | 'output';

/** A stored line of a task's log; `n` counts from 1 within its task. */
export interface LogEntry {
  readonly n: number;
  readonly at: string;
  readonly kind: LogKind | 'cut';
  readonly text: string;
}
