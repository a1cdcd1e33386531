import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { errorWords } from '../../data/client.ts';
import type { Message } from '../../data/types.ts';
import { Button } from '../../ui/button.tsx';
import { focusComposer } from '../focus-composer.ts';
import { editMessage } from './act.ts';

interface EditMessageProps {
  readonly message: Message;
  readonly text: string;
  /** Nothing came after it but its answer. */
  readonly newest: boolean;
  onClose(): void;
}

/** What a person said, to be said otherwise. */
export function EditMessage({ message, text: said, newest, onClose }: EditMessageProps) {
  const [text, setText] = useState(said);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(said.length, said.length);
  }, [said]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 320)}px`;
  }, [text]);
  const send = async (): Promise<void> => {
    if (text.trim() === '' || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await editMessage(message, text.trim());
      onClose();
      focusComposer();
    } catch (failure) {
      setError(errorWords(failure));
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
  };
  return (
    <div className="w-full rounded-2xl sm:max-w-[88%] border border-accent bg-raised p-2 shadow-card ring-3 ring-accent/15">
      <textarea
        ref={field}
        rows={1}
        value={text}
        maxLength={100_000}
        aria-label="What you say instead"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="block w-full resize-none bg-transparent px-2 py-1 text-md outline-none"
      />
      {error !== undefined && (
        <p role="alert" className="px-2 pb-1 text-xs text-bad">
          {error}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2 pl-2">
        <p className="min-w-0 flex-1 basis-full text-xs text-muted sm:basis-40">
          {newest ? 'The answer to it is hidden.' : 'All that came after it is hidden.'} Tasks go on.
        </p>
        <Button size="sm" variant="ghost" onClick={onClose} disabled={busy}>
          Leave it
        </Button>
        <Button size="sm" variant="primary" onClick={() => void send()} disabled={busy || text.trim() === ''}>
          {busy ? 'Sending…' : 'Send'}
        </Button>
      </div>
    </div>
  );
}
