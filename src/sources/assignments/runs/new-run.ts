import type { Assignment, PlannedCall } from '../../../assignment/assignment.ts';
import type { Cause, Run } from '../../../assignment/run.ts';
import type { SkipReason } from '../../../assignment/run-state.ts';
import { newId } from '../../../base/ids.ts';
import type { Unnumbered } from '../../../store/ports.ts';

/** A text for the assistant is kept as a step of this name; no server bears it. */
export const ASSISTANT: Pick<PlannedCall, 'server' | 'tool'> = { server: '', tool: 'say' };

export const isForAssistant = ({ server }: Pick<PlannedCall, 'server'>): boolean =>
  server === ASSISTANT.server;

/** One firing, before it has begun. `now` is ISO 8601 UTC. */
export function newRun(
  { id, work }: Pick<Assignment, 'id' | 'work'>,
  cause: Cause,
  now: string,
  skip?: { readonly reason: SkipReason; readonly note: string },
): Unnumbered<Run> {
  const calls = work.type === 'calls' ? work.calls : [{ ...ASSISTANT, arguments: { text: work.text } }];
  return {
    id: newId('run'),
    assignmentId: id,
    key: keyOf(cause, now),
    cause,
    state: skip === undefined ? 'waiting' : 'skipped',
    ...(skip && { skipReason: skip.reason, note: skip.note, endedAt: now }),
    attempt: 1,
    notBefore: now,
    createdAt: now,
    steps: calls.map((call) => ({ call, state: 'pending' })),
  };
}

/** Two firings with one key are the same one. */
function keyOf(cause: Cause, now: string): string {
  switch (cause.type) {
    case 'timer':
      return `due ${cause.dueAt}`;
    case 'event':
      return `event ${cause.events
        .map(({ id }) => id)
        .join(' ')
        .slice(0, 200)} ${now}`;
    case 'person':
      return `person ${newId('run')}`;
  }
}
