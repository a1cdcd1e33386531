import { useMemo } from 'react';
import { fieldsLeftOut, fieldsOf } from '../../../base/elicitation/fields-of.ts';
import type { Question, Task } from '../data/types.ts';
import { useObservable } from '../hooks/use-record.ts';
import { Alert } from '../ui/alert.tsx';
import type { Entry } from './draft.ts';
import { draftOf } from './drafts.ts';
import { QuestionField } from './question-field.tsx';

/** The fields of a question. What is in them stands in its draft. */
export function QuestionForm({ task, question }: { readonly task: Task; readonly question: Question }) {
  // The schema of a question never changes; with each update of its task it comes anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const fields = useMemo(() => fieldsOf(question.schema), [question.key, question.askedAt]);
  const draft = draftOf(task.id, question);
  const { entries, errors } = useObservable(draft);
  const leftOut = fieldsLeftOut(question.schema);
  const change = (name: string, entry: Entry): void => {
    const now = draft.get();
    const left = new Map(now.errors);
    left.delete(name);
    draft.set({ ...now, entries: new Map(now.entries).set(name, entry), errors: left });
  };
  return (
    <>
      {fields.length > 0 && (
        <div className="flex flex-col gap-4">
          {fields.map((field) => (
            <QuestionField
              key={field.name}
              field={field}
              entry={entries.get(field.name) ?? ''}
              error={errors.get(field.name)}
              onChange={(entry) => change(field.name, entry)}
            />
          ))}
        </div>
      )}
      {leftOut > 0 && (
        <Alert kind="note">
          The server asks for {leftOut} more fields than are shown. They are left out of the answer.
        </Alert>
      )}
    </>
  );
}
