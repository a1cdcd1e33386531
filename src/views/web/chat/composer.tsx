import { ArrowUp, LoaderCircle } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { errorWords, fieldErrors } from '../data/client.ts';
import { useModels } from '../models/use-models.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { StopButton } from './assistant/stop-button.tsx';
import { useOpenStep } from './assistant/use-turn.ts';
import type { CompletionItem } from './completion.ts';
import { CompletionList, optionId } from './completion-list.tsx';
import { drafts } from './drafts.ts';
import { useCompletion } from './use-completion.ts';

interface ComposerProps {
  readonly sessionId: string | undefined;
  /** Sends; when it throws, the text stays and the error is shown. */
  onSay(text: string): Promise<void>;
  /** What stands below the field, such as the model that answers. */
  readonly tools: ReactNode;
}

/** Where one writes. `/` opens the completion, which is a combobox with a listbox above the field. */
export function Composer({ sessionId, onSay, tools }: ComposerProps) {
  const draftKey = sessionId ?? 'new';
  const [text, setText] = useState(() => drafts.get(draftKey) ?? '');
  const [error, setError] = useState<unknown>();
  const [sending, setSending] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  const completion = useCompletion(text, sessionId);
  const { offer, active } = completion;
  const options = offer?.items ?? [];
  const answering = useOpenStep(sessionId) !== undefined;
  const { data: models } = useModels();
  const talks = (models?.models.length ?? 1) > 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 220)}px`;
  }, [text]);

  const change = (next: string, caret: number): void => {
    setText(next);
    drafts.set(draftKey, next);
    completion.typed(caret);
  };
  const take = (item: CompletionItem): void => {
    const element = field.current;
    if (offer === undefined || element === null) return;
    const next = text.slice(0, offer.from) + item.insert + text.slice(offer.to);
    const caret = offer.from + item.insert.length;
    change(next, caret);
    element.focus();
    requestAnimationFrame(() => element.setSelectionRange(caret, caret));
  };
  const send = async (): Promise<void> => {
    const said = text.trim();
    if (said === '' || sending) return;
    setSending(true);
    setError(undefined);
    try {
      await onSay(said);
      // What was typed meanwhile stays.
      setText((now) => (now.trim() === said ? '' : now));
      if (drafts.get(draftKey)?.trim() === said) drafts.delete(draftKey);
    } catch (failure) {
      setError(failure);
    } finally {
      setSending(false);
      field.current?.focus();
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (offer !== undefined && event.key === 'Escape') {
      event.preventDefault();
      completion.close();
    } else if (options.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      completion.step(event.key === 'ArrowDown' ? 1 : -1);
    } else if (options.length > 0 && event.key === 'Tab' && !event.shiftKey) {
      event.preventDefault();
      const item = options[Math.max(0, active)];
      if (item !== undefined) take(item);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      const item = options[active];
      if (item !== undefined) take(item);
      else void send();
    }
  };
  return (
    <div className="mx-auto w-full max-w-3xl px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6 sm:pb-5">
      {error !== undefined && <SayError error={error} />}
      <div className="relative">
        {offer !== undefined && (
          <CompletionList id={list} offer={offer} active={active} onTake={take} onPoint={completion.point} />
        )}
        <div className="rounded-2xl border border-line-strong bg-raised p-2 shadow-card transition-colors focus-within:border-accent focus-within:ring-3 focus-within:ring-accent/15">
          <textarea
            ref={field}
            rows={1}
            value={text}
            maxLength={100_000}
            placeholder={talks ? 'Ask something, or type / to use a tool' : 'Type / to use a tool'}
            aria-label="Message"
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={options.length > 0}
            aria-controls={list}
            aria-activedescendant={options.length > 0 && active >= 0 ? optionId(list, active) : undefined}
            aria-invalid={error !== undefined}
            onChange={(event) => change(event.target.value, event.target.selectionStart)}
            onSelect={(event) => completion.moved(event.currentTarget.selectionStart)}
            onBlur={completion.close}
            onKeyDown={onKeyDown}
            className="block max-h-55 min-h-9 w-full resize-none bg-transparent px-2 py-1.5 text-md outline-none"
          />
          <div className="flex items-center gap-2 pt-1">
            <div className="flex min-w-0 flex-1 items-center gap-1">{tools}</div>
            {answering && <StopButton sessionId={sessionId} />}
            {(!answering || text.trim() !== '') && (
              <Button
                variant="primary"
                size="icon"
                aria-label={sending ? 'Sending' : 'Send'}
                className="rounded-xl"
                disabled={text.trim() === '' || sending}
                onClick={() => void send()}
              >
                {sending ? (
                  <LoaderCircle className="size-4.5 animate-spin" aria-hidden />
                ) : (
                  <ArrowUp className="size-4.5" aria-hidden />
                )}
              </Button>
            )}
          </div>
        </div>
      </div>
    </div>
  );
}

function SayError({ error }: { readonly error: unknown }) {
  const fields = fieldErrors(error);
  return (
    <div className="pb-2">
      <Alert kind="bad">
        <p>{errorWords(error)}</p>
        {fields.length > 0 && (
          <ul className="mt-1 list-disc pl-4">
            {fields.map(({ field, expected }) => (
              <li key={field}>
                <code className="font-mono text-xs">{field.replace(/^arguments\./, '')}</code>: expected{' '}
                {expected}
              </li>
            ))}
          </ul>
        )}
      </Alert>
    </div>
  );
}
