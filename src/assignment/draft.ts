import type { AssignmentRules, EventTrigger, Work } from './assignment.ts';

/** What a person, a program or the assistant says of an assignment; the rest is understood or taken as usual. */
export interface AssignmentDraft {
  /** Left out: made of what it does and when. */
  readonly title?: string;
  readonly trigger:
    | { readonly type: 'timer' /** Words, cron or RRULE (docs/schedules.md). */; readonly text: string }
    | ({ readonly type: 'event' } & EventTrigger);
  readonly work: Work;
  /** Left out: the zone of the host. */
  readonly timeZone?: string;
  readonly rules?: Partial<AssignmentRules>;
  /** Left out: a chat of its own. */
  readonly sessionId?: string;
}

/** What would come of a draft, before it is saved. */
export interface Preview {
  readonly title: string;
  /** When it fires, in words. */
  readonly words: string;
  /** For timers: the next five times, ISO 8601 UTC. */
  readonly next: readonly string[];
  readonly timeZone: string;
  /** What should be known before it is saved: a server that is off, a tool that does not exist, a time that is skipped. */
  readonly warnings: readonly string[];
}
