import type { RunState } from './run-state.ts';
import type { Usage } from './usage.ts';

/*
 * An assignment is a "do this later". These are its shapes: data only, spoken by the source that fires it, the store
 * that keeps it and the views that show it. Times are ISO 8601 UTC strings, durations milliseconds.
 */

/** A time or times, in the time zone of the assignment (docs/schedules.md). */
export type Schedule =
  | { readonly kind: 'once'; readonly at: string }
  | { readonly kind: 'cron'; readonly expression: string }
  | { readonly kind: 'rrule'; readonly rule: string; readonly start: string }
  | { readonly kind: 'every'; readonly everyMs: number; readonly start: string };

/** What makes it fire. */
export type Trigger =
  | {
      readonly type: 'timer';
      readonly schedule: Schedule;
      /** As a person typed it. */
      readonly text: string;
      /** What was understood of it. */
      readonly words: string;
    }
  | ({ readonly type: 'event' } & EventTrigger);

export interface EventTrigger {
  readonly source: EventSource;
  /** All of them must hold. */
  readonly filters?: readonly EventFilter[];
  /** A run begins when nothing more has come for so long; with all that came. */
  readonly debounceMs?: number;
  /** At most one run in so long; what comes meanwhile goes into the next one together. */
  readonly atMostEveryMs?: number;
  /** Fires once, then is done. */
  readonly once?: true;
}

/** Where events come from. */
export type EventSource =
  /** A resource of a connected server has changed, or the list of its resources. */
  | { readonly kind: 'resource'; readonly server: string; readonly uri: string }
  | { readonly kind: 'list'; readonly server: string; readonly list: 'tools' | 'resources' | 'prompts' }
  /** Something outside calls `POST /api/hooks/{token}`. The token is a secret: only its last characters are shown. */
  | { readonly kind: 'hook'; readonly signed: boolean }
  /** A task has ended. */
  | {
      readonly kind: 'task';
      readonly statuses: readonly ('completed' | 'failed' | 'cancelled' | 'lost')[];
      readonly server?: string;
      readonly tool?: string;
    };

/** `path` leads into the data of the event, such as `path` or `payload.ref`. */
export interface EventFilter {
  readonly path: string;
  readonly op: 'equals' | 'not_equals' | 'glob' | 'matches' | 'exists';
  readonly value?: string;
}

/** What it does. Texts may hold `{{event.path}}` and the like (docs/assignments.md). */
export type Work =
  /** A text for the assistant; without a model it is delivered as it is, as a reminder in the chat. */
  | { readonly type: 'text'; readonly text: string }
  /** Direct tool calls, one after the other; the first that fails ends the run. */
  | { readonly type: 'calls'; readonly calls: readonly PlannedCall[] };

export interface PlannedCall {
  readonly server: string;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface AssignmentRules {
  /** Of times that passed while nobody was there to fire: run once for all of them, or skip them. */
  readonly missed: 'run_once' | 'skip';
  /** When it fires while a run of it goes on. */
  readonly overlap: 'skip' | 'queue' | 'allow';
  /** How often a failed run is tried again in all; 0 for never. Waits double from `retryAfterMs`. */
  readonly retries: number;
  readonly retryAfterMs: number;
  /** Calls that were sent may be sent again though their tool does not say that this does no harm. */
  readonly mayRepeatCalls: boolean;
  /** After so many failed runs in a row it is turned off, and says so in its chat; 0 for never. */
  readonly disableAfter: number;
  /** `HH:MM` in its time zone: when by then no run of the day has succeeded, it says so in its chat. */
  readonly expectedBy?: string;
}

export const DEFAULT_RULES: AssignmentRules = Object.freeze({
  missed: 'run_once',
  overlap: 'skip',
  retries: 0,
  retryAfterMs: 60_000,
  mayRepeatCalls: false,
  disableAfter: 5,
});

/**
 * `on`: it fires. `paused`: a person has paused it. `disabled`: it failed too often. `done`: it was to fire once, or
 * its schedule is over. `removed`: it was deleted; a mark, so that readers learn of it.
 */
export const ASSIGNMENT_STATES = ['on', 'paused', 'disabled', 'done', 'removed'] as const;

export type AssignmentState = (typeof ASSIGNMENT_STATES)[number];

export interface Assignment {
  readonly id: string;
  readonly seq: number;
  readonly title: string;
  readonly state: AssignmentState;
  /** Why it is disabled or done, in words. */
  readonly stateNote?: string;
  readonly trigger: Trigger;
  readonly work: Work;
  /** IANA, such as `Europe/Berlin`. */
  readonly timeZone: string;
  readonly rules: AssignmentRules;
  /** Where its results go. Its own chat unless another was chosen. */
  readonly sessionId: string;
  readonly ownsSession: boolean;
  readonly createdAt: string;
  readonly createdBy: 'person' | 'assistant';
  readonly updatedAt: string;
  /** For timers that are on. */
  readonly nextDueAt?: string;
  readonly lastRun?: RunGlance;
  /** The newest runs, newest first, at most 12: the strip of a list. */
  readonly strip: readonly RunGlance[];
  readonly failuresInRow: number;
  /** Of all its runs. */
  readonly usage?: Usage;
  /** With `hook`: the last characters of its token. */
  readonly hookHint?: string;
}

/** As much of a run as a list shows. */
export interface RunGlance {
  readonly runId: string;
  readonly state: RunState;
  readonly at: string;
  readonly durationMs?: number;
}
