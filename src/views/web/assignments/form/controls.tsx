import { type ReactNode, useId } from 'react';
import { cx } from '../../ui/class-names.ts';
import { inputClass } from '../../ui/field.tsx';
import type { Length } from './state/form-state.ts';
import { UNITS } from './state/length.ts';

/* The controls of the form that are no plain text fields. */

/** What is wrong with a field of the API, under its control. */
export function Wrong({ id, error }: { readonly id?: string; readonly error: string | undefined }) {
  if (error === undefined) return null;
  return (
    <p id={id} className="text-xs font-medium break-words text-bad">
      Expected {error.replace(/\.$/, '')}.
    </p>
  );
}

interface SelectFieldProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly className?: string;
  onChange(value: string): void;
}

export function SelectField({ label, value, options, hint, error, className, onChange }: SelectFieldProps) {
  const id = useId();
  const isListed = options.some(([each]) => each === value);
  return (
    <div className={cx('flex min-w-0 flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <select
        id={id}
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-about`}
        onChange={(event) => onChange(event.target.value)}
        className={cx(inputClass, 'h-9 pr-2')}
      >
        {!isListed && <option value={value}>{value === '' ? 'Choose…' : value}</option>}
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
      <div id={`${id}-about`} className="text-xs text-muted empty:hidden">
        <Wrong error={error} />
        {hint}
      </div>
    </div>
  );
}

interface LengthFieldProps {
  readonly label: string;
  readonly value: Length;
  readonly hint?: string;
  readonly error?: string | undefined;
  onChange(value: Length): void;
}

/** A length of time: a number and its unit. */
export function LengthField({ label, value, hint, error, onChange }: LengthFieldProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          inputMode="decimal"
          value={value.amount}
          placeholder="none"
          autoComplete="off"
          aria-invalid={error !== undefined}
          aria-describedby={`${id}-about`}
          onChange={(event) => onChange({ ...value, amount: event.target.value })}
          className={cx(inputClass, 'h-9 max-w-24 tabular-nums')}
        />
        <select
          aria-label={`Unit of “${label}”`}
          value={value.unit}
          onChange={(event) => onChange({ ...value, unit: event.target.value as Length['unit'] })}
          className={cx(inputClass, 'h-9 w-auto pr-2')}
        >
          {UNITS.map(([unit]) => (
            <option key={unit}>{unit}</option>
          ))}
        </select>
      </div>
      <div id={`${id}-about`} className="text-xs text-muted empty:hidden">
        <Wrong error={error} />
        {hint}
      </div>
    </div>
  );
}

interface CheckFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  onChange(checked: boolean): void;
}

export function CheckField({ label, hint, checked, onChange }: CheckFieldProps) {
  return (
    <label className="flex w-fit items-start gap-2.5 text-sm">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span>
        <span className="font-medium">{label}</span>
        {hint !== undefined && <span className="block text-xs text-muted">{hint}</span>}
      </span>
    </label>
  );
}

/** A part of the form, with its number. */
export function FormSection({
  number,
  title,
  children,
}: {
  readonly number: number;
  readonly title: string;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-xl border border-line bg-raised shadow-card">
      <h2 id={id} className="flex items-center gap-2.5 border-b border-line px-4 py-3 text-md font-semibold">
        <span
          aria-hidden
          className="grid size-5.5 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-ink"
        >
          {number}
        </span>
        {title}
      </h2>
      <div className="flex flex-col gap-4 p-4">{children}</div>
    </section>
  );
}
