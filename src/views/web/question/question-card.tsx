import { MessageCircleQuestion } from 'lucide-react';
import { type FormEvent, useEffect, useId, useRef } from 'react';
import type { Answer, Question, Task } from '../data/types.ts';
import { useObservable } from '../hooks/use-record.ts';
import { plainText } from '../text/plain.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/class-names.ts';
import { giveAnswer } from './answer.ts';
import { draftOf } from './drafts.ts';
import { QuestionForm } from './question-form.tsx';
import { QuestionLink } from './question-link.tsx';

interface QuestionCardProps {
  readonly task: Task;
  readonly question: Question;
  /** Inside of a box that frames it already. */
  readonly bare?: boolean | undefined;
}

/** One question: who asks, what, and the ways to answer. All its words are the server's, and shown as text. */
export function QuestionCard({ task, question, bare }: QuestionCardProps) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const draft = useObservable(draftOf(task.id, question));
  const errors = useRef(draft.errors);
  // After a refusal the focus goes to the first field that is wrong, in the form in which it was sent.
  const sentHere = useRef(false);
  useEffect(() => {
    if (draft.errors === errors.current) return;
    errors.current = draft.errors;
    if (!sentHere.current || draft.errors.size === 0) return;
    sentHere.current = false;
    form.current?.querySelector<HTMLElement>('[data-wrong] :is(input, textarea, select)')?.focus();
  }, [draft.errors]);

  const give = async (action: Answer['action']): Promise<void> => {
    sentHere.current = true;
    const home = form.current?.closest<HTMLElement>('article, li');
    if (!(await giveAnswer(task, question, action)) || !home) return;
    // The card goes away, and the focus with it: the reader stays where it was.
    home.tabIndex = -1;
    home.focus({ preventScroll: true });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void give('accept');
  };
  const busy = draft.sending !== undefined;
  const server = task.source.server ?? task.source.type;
  return (
    <form
      ref={form}
      onSubmit={submit}
      noValidate
      aria-labelledby={id}
      className={cx(
        'flex flex-col gap-4',
        bare ? 'px-3.5 py-4' : 'rounded-xl border border-needs/50 bg-raised p-4 shadow-card',
      )}
    >
      <div className="flex gap-2.5">
        <MessageCircleQuestion className="mt-0.5 size-4.5 shrink-0 text-needs" aria-hidden />
        <div className="min-w-0 flex-1">
          <p id={id} className="text-xs text-muted">
            <span className="font-semibold text-needs">Needs you</span> · the server{' '}
            <strong className="font-semibold break-all text-ink">{server}</strong> asks
          </p>
          <p className="mt-1 text-sm font-medium break-words whitespace-pre-wrap">
            {plainText(question.message).trim() || 'It gives no words to its question.'}
          </p>
          {question.sharedBy !== undefined && question.sharedBy > 1 && (
            <p className="mt-1.5 text-xs text-muted">
              The server does not say for which of its {question.sharedBy} calls it asks, so the question
              stands at each of them. One answer is enough.
            </p>
          )}
        </div>
      </div>
      {draft.problem !== undefined && <Alert kind="bad">{draft.problem}</Alert>}
      {question.mode === 'form' ? (
        <QuestionForm task={task} question={question} />
      ) : (
        <QuestionLink task={task} question={question} />
      )}
      <div className="flex flex-wrap items-center gap-2">
        {(question.mode === 'form' || draft.opened === true) && (
          <Button type="submit" size="sm" variant="primary" disabled={busy}>
            {draft.sending === 'accept' ? 'Sending…' : question.mode === 'form' ? 'Answer' : 'I have done it'}
          </Button>
        )}
        <Button
          size="sm"
          disabled={busy}
          onClick={() => void give('decline')}
          aria-describedby={`${id}-ways`}
        >
          Decline
        </Button>
        <Button
          size="sm"
          variant="ghost"
          disabled={busy}
          onClick={() => void give('cancel')}
          aria-describedby={`${id}-ways`}
        >
          Put away
        </Button>
      </div>
      <p id={`${id}-ways`} className="-mt-2 text-xs text-muted">
        <em className="not-italic font-medium">Decline</em> tells the server no.{' '}
        <em className="not-italic font-medium">Put away</em> closes the question without an answer. What the
        work does then is up to it.
      </p>
    </form>
  );
}
