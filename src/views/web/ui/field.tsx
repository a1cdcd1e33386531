import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from './class-names.ts';

export const inputClass = cx(
  'w-full rounded-lg border border-line-strong bg-page px-3 text-sm text-ink shadow-card transition-colors',
  'hover:border-muted/60 focus:border-accent focus:outline-2 focus:-outline-offset-1 focus:outline-accent',
  'aria-invalid:border-bad max-sm:text-base',
);

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What was expected, when it is wrong. */
  readonly error?: string | undefined;
}

export function TextField({ label, hint, error, ...props }: FieldProps & ComponentProps<'input'>) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <input
        id={id}
        {...described(id, error)}
        {...props}
        className={cx(inputClass, 'h-9', props.className)}
      />
    </Labelled>
  );
}

export function TextArea({ label, hint, error, ...props }: FieldProps & ComponentProps<'textarea'>) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <textarea
        id={id}
        rows={2}
        {...described(id, error)}
        {...props}
        className={cx(inputClass, 'resize-y py-2 font-mono', props.className)}
      />
    </Labelled>
  );
}

function Labelled({ id, label, hint, error, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children}
      <p id={`${id}-about`} className={cx('text-xs', error === undefined ? 'text-muted' : 'text-bad')}>
        {error ?? hint}
      </p>
    </div>
  );
}

function described(id: string, error: string | undefined) {
  return { 'aria-describedby': `${id}-about`, 'aria-invalid': error !== undefined } as const;
}
