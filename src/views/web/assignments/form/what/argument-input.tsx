import { useId } from 'react';
import type { Field } from '../../../../../base/elicitation/field.ts';
import { CheckboxList } from '../../../question/option-lists.tsx';
import { plainText } from '../../../text/plain.ts';
import { cx } from '../../../ui/class-names.ts';
import { inputClass } from '../../../ui/field.tsx';
import { Wrong } from '../controls.tsx';
import type { ArgumentEntry } from '../state/form-state.ts';

interface ArgumentInputProps {
  readonly field: Field;
  readonly entry: ArgumentEntry;
  readonly error: string | undefined;
  onChange(entry: ArgumentEntry): void;
}

/** One argument of a tool. Numbers are typed as text, so that a placeholder can stand there. */
export function ArgumentInput({ field, entry, error, onChange }: ArgumentInputProps) {
  const id = useId();
  const text = typeof entry === 'string' ? entry : '';
  const about = [
    field.description === undefined ? undefined : plainText(field.description),
    field.default === undefined || field.default === ''
      ? undefined
      : `Default: ${JSON.stringify(field.default)}.`,
  ].filter((words) => words !== undefined);
  const label = (
    <>
      {plainText(field.label)}
      {field.required && (
        <>
          <span aria-hidden className="ml-1 text-bad">
            *
          </span>
          <span className="sr-only"> (required)</span>
        </>
      )}
    </>
  );
  const common = {
    id,
    value: text,
    'aria-invalid': error !== undefined,
    'aria-describedby': `${id}-about`,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <div className="flex flex-col gap-1.5">
      {field.kind === 'choices' ? (
        <fieldset aria-describedby={`${id}-about`}>
          <legend className="pb-1.5 text-sm font-medium">{label}</legend>
          <CheckboxList
            options={field.options}
            chosen={Array.isArray(entry) ? entry : []}
            wrong={error !== undefined}
            onChange={onChange}
          />
        </fieldset>
      ) : (
        <>
          <label htmlFor={id} className="text-sm font-medium">
            {label}
          </label>
          <Control field={field} common={common} />
        </>
      )}
      <div id={`${id}-about`} className="text-xs text-muted empty:hidden">
        <Wrong error={error} />
        {about.length > 0 && <p className="line-clamp-3 break-words">{about.join(' ')}</p>}
      </div>
    </div>
  );
}

interface ControlProps {
  readonly field: Exclude<Field, { kind: 'choices' }>;
  readonly common: object;
}

function Control({ field, common }: ControlProps) {
  if (field.kind === 'boolean' || field.kind === 'choice') {
    const options =
      field.kind === 'boolean'
        ? ([['true', 'Yes'] as const, ['false', 'No'] as const] as const)
        : field.options.map(({ label }, at) => [String(at), plainText(label)] as const);
    return (
      <select {...common} className={cx(inputClass, 'h-9 pr-2 sm:max-w-80')}>
        <option value="">{field.required ? 'Choose…' : 'Not set'}</option>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    );
  }
  const typing = { spellCheck: false, autoComplete: 'off' };
  if (field.kind === 'number')
    return (
      <input {...common} {...typing} type="text" className={cx(inputClass, 'h-9 max-w-64 tabular-nums')} />
    );
  if (field.kind === 'json')
    return (
      <textarea
        {...common}
        {...typing}
        rows={2}
        placeholder="JSON, or text"
        className={cx(inputClass, 'resize-y py-2 font-mono')}
      />
    );
  // Texts may have several lines; one is enough to begin with.
  return (
    <textarea
      {...common}
      {...typing}
      rows={1}
      className={cx(inputClass, 'min-h-9 resize-y py-1.5 font-mono')}
    />
  );
}
