import { checkContent } from '../../../base/elicitation/content.ts';
import { fieldsOf } from '../../../base/elicitation/fields-of.ts';
import { announcement } from '../data/announce.ts';
import { api } from '../data/api.ts';
import { errorWords, fieldErrors } from '../data/client.ts';
import { records } from '../data/records.ts';
import type { Answer, Question, Task } from '../data/types.ts';
import { contentOf, placeErrors } from './draft.ts';
import { draftOf } from './drafts.ts';

const ANSWERED: Readonly<Record<Answer['action'], string>> = {
  accept: 'answered',
  decline: 'declined to answer',
  cancel: 'question put away',
};

/**
 * Answers a question with what stands in its draft. What does not fit is shown at its field, and the draft stays.
 * @returns whether the answer was handed over
 */
export async function giveAnswer(task: Task, question: Question, action: Answer['action']): Promise<boolean> {
  const draft = draftOf(task.id, question);
  if (draft.get().sending !== undefined) return false;
  const fields = question.mode === 'form' ? fieldsOf(question.schema) : [];
  const { entries } = draft.get();
  const withContent = action === 'accept' && question.mode === 'form';
  const content = withContent ? contentOf(fields, entries) : undefined;
  const refuse = (errors: readonly { field: string; expected: string }[], words?: string): false => {
    const placed = placeErrors(errors, fields);
    const problem = placed.fields.size > 0 && placed.rest.length === 0 ? undefined : words;
    draft.set({
      ...draft.get(),
      sending: undefined,
      errors: placed.fields,
      problem: [problem, ...placed.rest].filter(Boolean).join(' ') || undefined,
    });
    return false;
  };
  if (content !== undefined) {
    const wrong = checkContent(question.schema, content);
    if (wrong.length > 0) return refuse(wrong);
  }
  draft.set({ ...draft.get(), sending: action, errors: new Map(), problem: undefined });
  try {
    const answer = { key: question.key, action, ...(content === undefined ? {} : { content }) };
    records.put('task', [await api.answerTask(task.id, answer)], 'answer');
    announcement.set(`${task.title}: ${ANSWERED[action]}`);
    draft.set({ ...draft.get(), sending: undefined });
    return true;
  } catch (error) {
    return refuse(fieldErrors(error), errorWords(error));
  }
}
