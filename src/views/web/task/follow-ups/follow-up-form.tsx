import { type FormEvent, useId, useState } from 'react';
import { errorWords } from '../../data/client.ts';
import type { Task } from '../../data/types.ts';
import { Button } from '../../ui/button.tsx';
import { inputClass, TextField } from '../../ui/field.tsx';
import { type FollowUp, MOMENTS, type When, whenWords } from './follow-up-words.ts';

interface FollowUpFormProps {
  readonly task: Task;
  readonly first: FollowUp | undefined;
  /** @throws as `request` does */
  onSave(wanted: Pick<FollowUp, 'when' | 'text'>): Promise<void>;
  onClose(): void;
}

/** When, and what is to be said then. */
export function FollowUpForm({ task, first, onSave, onClose }: FollowUpFormProps) {
  const id = useId();
  const moments = offered(task, first?.when);
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      moments.findIndex(([, when]) => isSame(when, first?.when)),
    ),
  );
  const [text, setText] = useState(first?.text ?? '');
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const when = moments[at]?.[1];
    if (when === undefined || text.trim() === '')
      return setError('Expected what is to be done or said then.');
    setBusy(true);
    setError(undefined);
    try {
      await onSave({ when, text: text.trim() });
    } catch (failure) {
      setError(errorWords(failure));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 rounded-lg border border-line bg-raised p-3">
      <div className="flex flex-col gap-1.5">
        <label htmlFor={id} className="text-sm font-medium">
          When
        </label>
        <select
          id={id}
          value={at}
          onChange={(event) => setAt(Number(event.target.value))}
          className={`${inputClass} h-9`}
        >
          {moments.map(([words], index) => (
            <option key={words} value={index}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <TextField
        label="Then"
        placeholder="run the tests and post the summary"
        hint="It is said in the chat, and the assistant acts on it. Not if the task is cancelled."
        value={text}
        maxLength={4_000}
        autoComplete="off"
        error={error}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="flex justify-end gap-2">
        <Button size="sm" variant="ghost" onClick={onClose} disabled={busy}>
          Leave it
        </Button>
        <Button size="sm" variant="primary" type="submit" disabled={busy}>
          {first === undefined ? 'Add' : 'Save'}
        </Button>
      </div>
    </form>
  );
}

const isSame = (a: When | undefined, b: When | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What is usual has to be known. A moment that is not among those offered stays what it was. */
function offered(task: Task, first: When | undefined): readonly (readonly [string, When])[] {
  const all = MOMENTS.filter(([, when]) => when !== 'slower_than_usual' || task.expected !== undefined);
  const isAmong = first === undefined || all.some(([, when]) => isSame(when, first));
  return isAmong ? all : [[whenWords(first), first], ...all];
}
