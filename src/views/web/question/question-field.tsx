import { type ReactNode, useId } from 'react';
import type { Field } from '../../../base/elicitation/field.ts';
import { plainText } from '../text/plain.ts';
import { cx } from '../ui/class-names.ts';
import { inputClass } from '../ui/field.tsx';
import type { Entry } from './draft.ts';
import { CheckboxList, RadioList } from './option-lists.tsx';
import { TypedInput } from './typed-input.tsx';

/** Up to so many choices stand side by side; more are in a list that opens. */
const RADIOS = 5;

interface QuestionFieldProps {
  readonly field: Field;
  readonly entry: Entry;
  readonly error: string | undefined;
  onChange(entry: Entry): void;
}

/** A field of a question with its label, what it is about, and what is wrong with it. */
export function QuestionField(props: QuestionFieldProps) {
  const { field, entry, error, onChange } = props;
  const id = useId();
  const text = typeof entry === 'string' ? entry : '';
  const about = `${id}-about`;
  const input = {
    id,
    required: field.required,
    'aria-invalid': error !== undefined,
    'aria-describedby': about,
  };
  if (field.kind === 'boolean')
    return (
      <Frame id={about} field={field} error={error}>
        <label className="flex items-start gap-2.5 text-sm font-medium">
          <input
            {...input}
            required={false}
            type="checkbox"
            checked={entry === true}
            onChange={(event) => onChange(event.target.checked)}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          <Label field={field} />
        </label>
      </Frame>
    );
  if (field.kind === 'choices' || (field.kind === 'choice' && field.options.length <= RADIOS))
    return (
      <Frame id={about} field={field} error={error}>
        <fieldset aria-describedby={about} className="flex min-w-0 flex-col gap-2">
          <legend className="contents text-sm font-medium">
            <Label field={field} />
          </legend>
          {field.kind === 'choices' ? (
            <CheckboxList
              options={field.options}
              chosen={Array.isArray(entry) ? entry : []}
              wrong={error !== undefined}
              onChange={onChange}
            />
          ) : (
            <RadioList field={field} chosen={text} onChange={onChange} />
          )}
        </fieldset>
      </Frame>
    );
  return (
    <Frame id={about} field={field} error={error}>
      <label htmlFor={id} className="text-sm font-medium">
        <Label field={field} />
      </label>
      {field.kind === 'choice' ? (
        <select
          {...input}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          className={cx(inputClass, 'h-9 pr-2')}
        >
          <option value="">{field.required ? 'Choose…' : 'No answer'}</option>
          {field.options.map((option, at) => (
            <option key={String(option.value)} value={String(at)}>
              {plainText(option.label)}
            </option>
          ))}
        </select>
      ) : (
        <TypedInput field={field} input={input} text={text} onChange={onChange} />
      )}
    </Frame>
  );
}

function Label({ field }: { readonly field: Field }) {
  return (
    <span className="min-w-0 break-words">
      {plainText(field.label)}
      {field.required && field.kind !== 'boolean' && (
        <>
          <span aria-hidden className="ml-1 text-bad">
            *
          </span>
          <span className="sr-only"> (required)</span>
        </>
      )}
    </span>
  );
}

/** The words under the field are what it is described by: first what is wrong, then what it is about. */
function Frame({
  id,
  field,
  error,
  children,
}: {
  readonly id: string;
  readonly field: Field;
  readonly error: string | undefined;
  readonly children: ReactNode;
}) {
  const moment = field.kind === 'text' && field.format === 'date-time';
  return (
    <div className="flex flex-col gap-1.5" data-wrong={error === undefined ? undefined : ''}>
      {children}
      <div id={id} className="flex flex-col gap-0.5 text-xs empty:hidden">
        {error !== undefined && <p className="font-medium break-words text-bad">{error}</p>}
        {field.description !== undefined && (
          <p className="break-words whitespace-pre-wrap text-muted">{plainText(field.description)}</p>
        )}
        {moment && <p className="text-muted">In your local time.</p>}
      </div>
    </div>
  );
}
