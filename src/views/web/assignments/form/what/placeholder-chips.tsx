import { type RefObject, useEffect, useRef } from 'react';
import { useForm } from '../form-context.ts';
import { placeholdersFor } from '../state/placeholders.ts';

type Typed = HTMLInputElement | HTMLTextAreaElement;

interface PlaceholderChipsProps {
  readonly step: number;
  /** Where the fields are that the chips write into. */
  readonly box: RefObject<HTMLElement | null>;
}

/** What can be filled in when a run begins: a click writes it where the caret was last. */
export function PlaceholderChips({ step, box }: PlaceholderChipsProps) {
  const { form } = useForm();
  const last = useRef<Typed | undefined>(undefined);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const note = ({ target }: FocusEvent): void => {
      if (isTyped(target)) last.current = target;
    };
    element.addEventListener('focusin', note);
    return () => element.removeEventListener('focusin', note);
  }, [box]);
  const write = (name: string): void => {
    const known = last.current?.isConnected === true ? last.current : undefined;
    const field = known ?? [...(box.current?.querySelectorAll('input, textarea') ?? [])].find(isTyped);
    if (field === undefined) return;
    field.focus();
    const from = field.selectionStart ?? field.value.length;
    field.setRangeText(`{{${name}}}`, from, field.selectionEnd ?? from, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true })); // as if it had been typed
  };
  return (
    <div className="flex flex-wrap items-center gap-1.5 pt-1">
      <span className="text-xs text-muted">Filled in when it runs:</span>
      {placeholdersFor(form, step).map((name) => (
        <button
          key={name}
          type="button"
          aria-label={`Write {{${name}}}`}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => write(name)}
          className="h-6 rounded-md border border-line bg-sunken px-1.5 font-mono text-2xs text-soft hover:border-accent hover:text-accent-ink pointer-coarse:h-9"
        >
          {`{{${name}}}`}
        </button>
      ))}
    </div>
  );
}

const isTyped = (target: unknown): target is Typed =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text');
