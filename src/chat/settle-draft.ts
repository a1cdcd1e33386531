import type { Assignment } from '../assignment/assignment.ts';
import type { AssignmentDraft, Preview } from '../assignment/draft.ts';
import type { HookKeys } from '../assignment/hook-keys.ts';
import { AppError } from '../base/errors.ts';
import type { Store } from '../store/ports.ts';
import type { DraftPart, Message } from '../store/records.ts';

export interface DraftDecision {
  readonly action: 'make' | 'drop';
  /** Fields that replace those of the draft before it is made. */
  readonly change?: Partial<AssignmentDraft>;
}

export interface DraftSettled {
  readonly message: Message;
  readonly assignment?: Assignment;
  /** What opens its hook, told this once. */
  readonly hook?: HookKeys;
}

export interface DraftMaker {
  readonly preview: (draft: AssignmentDraft) => Promise<Preview>;
  readonly create: (
    draft: AssignmentDraft,
    by: Assignment['createdBy'],
  ) => Promise<{ assignment: Assignment; hook?: HookKeys }>;
  /** Of one that there is. */
  readonly change: (id: string, draft: AssignmentDraft) => Promise<Assignment>;
}

/** Settles the card of a draft once, however many ask for it at the same time. */
export function createDraftSettling(
  store: Pick<Store, 'messages' | 'assignments' | 'writer'>,
  maker: DraftMaker,
) {
  const settling = new Map<string, Promise<unknown>>();

  /** @throws {AppError} `message_not_found`, `draft_settled`; what is wrong with the changed draft */
  async function settle(
    sessionId: string,
    messageId: string,
    decision: DraftDecision,
  ): Promise<DraftSettled> {
    const message = await store.messages.get(messageId);
    const part = message?.parts.find((each) => each.type === 'draft');
    if (message?.sessionId !== sessionId || part === undefined)
      throw new AppError('message_not_found', `There is no message ${messageId} with a draft in this chat.`);
    if (part.state !== 'open') return again(message, part, decision);
    if (decision.action === 'drop')
      return { message: await note(message, part, { ...part, state: 'dropped' }) };
    const draft = { ...part.draft, ...decision.change };
    const preview = decision.change === undefined ? part.preview : await maker.preview(draft);
    const wanted = decision.change?.trigger === undefined ? asShown(draft, part.preview) : draft;
    const made =
      part.changes === undefined
        ? await maker.create(wanted, part.by ?? 'person')
        : { assignment: await maker.change(part.changes, wanted) };
    const settled = { ...part, draft, preview, state: 'made', assignmentId: made.assignment.id } as const;
    return { ...made, message: await note(message, part, settled) };
  }

  /** The same once more changes nothing; anything else is told what became of it. */
  async function again(
    message: Message,
    part: DraftPart,
    { action, change }: DraftDecision,
  ): Promise<DraftSettled> {
    const isSame = (action === 'make') === (part.state === 'made') && change === undefined;
    const assignment =
      part.assignmentId === undefined ? undefined : await store.assignments.get(part.assignmentId);
    if (isSame) return { message, ...(assignment && { assignment }) };
    throw new AppError(
      'draft_settled',
      part.state === 'made'
        ? `“${assignment?.title ?? part.preview.title}” was made of it (${part.assignmentId}).`
        : `“${part.preview.title}” was dropped. Say it again to make it after all.`,
    );
  }

  async function note(message: Message, before: DraftPart, now: DraftPart): Promise<Message> {
    const parts = message.parts.map((part) => (part === before ? now : part));
    const written = await store.writer.commit(
      [{ type: 'message', message: { ...message, parts } }],
      'durable',
    );
    const [change] = written;
    if (change?.type !== 'message') throw new AppError('store_failed', 'The card was not written.');
    return change.message;
  }

  return (sessionId: string, messageId: string, decision: DraftDecision): Promise<DraftSettled> => {
    const before = settling.get(messageId) ?? Promise.resolve();
    const now = before.catch(() => {}).then(() => settle(sessionId, messageId, decision));
    settling.set(messageId, now);
    const forget = () => {
      if (settling.get(messageId) === now) settling.delete(messageId);
    };
    now.then(forget, forget);
    return now;
  };
}

/** One moment is the one that the card showed: “in 30 minutes” counts from when it was said, not from the yes to it. */
function asShown(draft: AssignmentDraft, { next }: Preview): AssignmentDraft {
  const [moment, another] = next;
  if (draft.trigger.type !== 'timer' || moment === undefined || another !== undefined) return draft;
  return { ...draft, trigger: { type: 'timer', text: moment } };
}
