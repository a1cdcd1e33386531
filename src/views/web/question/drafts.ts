import { fieldsOf } from '../../../base/elicitation/fields-of.ts';
import { createObservable, type Observable } from '../data/observable.ts';
import type { Answer, Question } from '../data/types.ts';
import { type Entries, firstEntries } from './draft.ts';

/** How far an answer has come that was not given yet. */
export interface Draft {
  readonly entries: Entries;
  readonly errors: ReadonlyMap<string, string>;
  /** What is wrong beside the fields. */
  readonly problem?: string | undefined;
  readonly sending?: Answer['action'] | undefined;
  /** The address was opened from here. */
  readonly opened?: true;
}

/**
 * Kept beside the components, so that nothing typed is lost when they render anew or go away, and so that the
 * same question in the chat and in the panel is one.
 */
const drafts = new Map<string, Observable<Draft>>();

export function draftOf(taskId: string, question: Question): Observable<Draft> {
  const key = JSON.stringify([taskId, question.key, question.askedAt]);
  const known = drafts.get(key);
  if (known !== undefined) return known;
  const draft = createObservable<Draft>({
    entries: question.mode === 'form' ? firstEntries(fieldsOf(question.schema)) : new Map(),
    errors: new Map(),
  });
  drafts.set(key, draft);
  return draft;
}
