import { api } from '../../data/api.ts';
import type { Assignment, AssignmentDraft, HookAddress } from '../../data/types.ts';

/** What was saved, and with a new hook what opens it. */
export interface Saved {
  readonly assignment: Assignment;
  readonly keys?: HookAddress | undefined;
}

export async function saveNew(draft: AssignmentDraft): Promise<Saved> {
  const { assignment, hookUrl, hookSecret } = await api.makeAssignment(draft);
  return {
    assignment: assignment as Assignment,
    ...(hookUrl !== undefined && { keys: { hookUrl, ...(hookSecret !== undefined && { hookSecret }) } }),
  };
}

/** Sends what is another than before. A hook that is new, or signed from now on, gets a new address. */
export async function saveChange(
  before: Assignment,
  said: AssignmentDraft,
  draft: AssignmentDraft,
): Promise<Saved> {
  const change = changeOf(said, draft);
  const assignment =
    Object.keys(change).length === 0 ? before : await api.changeAssignment(before.id, change);
  if (hookOf(assignment.trigger) === undefined) return { assignment };
  const isSame = hookOf(before.trigger) === hookOf(assignment.trigger) && assignment.hookHint !== undefined;
  return isSame ? { assignment } : { assignment, keys: await api.renewHook(before.id) };
}

/** The fields of a draft that differ. */
export function changeOf(before: AssignmentDraft, after: AssignmentDraft): Partial<AssignmentDraft> {
  return Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof AssignmentDraft]),
    ),
  );
}

const hookOf = (trigger: Assignment['trigger']): boolean | undefined =>
  trigger.type === 'event' && trigger.source.kind === 'hook' ? trigger.source.signed : undefined;
