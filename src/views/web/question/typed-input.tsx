import type { Field, Format } from '../../../base/elicitation/field.ts';
import { cx } from '../ui/class-names.ts';
import { inputClass } from '../ui/field.tsx';

const TYPES: Readonly<Record<Format, string>> = {
  email: 'email',
  uri: 'url',
  date: 'date',
  'date-time': 'datetime-local',
};
/** Text that may be longer than this gets several lines. */
const ONE_LINE_CHARS = 200;

interface TypedInputProps {
  readonly field: Exclude<Field, { kind: 'boolean' | 'choice' | 'choices' }>;
  readonly input: { readonly id: string; readonly required: boolean };
  readonly text: string;
  onChange(text: string): void;
}

/** What is typed: one line, several, or with the help that the browser has for dates and addresses. */
export function TypedInput({ field, input, text, onChange }: TypedInputProps) {
  const common = {
    ...input,
    value: text,
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  if (field.kind === 'json' || (field.kind === 'text' && (field.maxLength ?? 0) > ONE_LINE_CHARS))
    return (
      <textarea
        {...common}
        rows={3}
        spellCheck={field.kind === 'text'}
        placeholder={field.kind === 'json' ? 'JSON, or text' : undefined}
        className={cx(inputClass, 'resize-y py-2', field.kind === 'json' && 'font-mono')}
      />
    );
  if (field.kind === 'number')
    return (
      <input
        {...common}
        type="text"
        inputMode={(field.minimum ?? -1) < 0 ? 'text' : field.whole ? 'numeric' : 'decimal'}
        className={cx(inputClass, 'h-9 max-w-48 tabular-nums')}
      />
    );
  const type = field.format === undefined ? 'text' : TYPES[field.format];
  return (
    <input
      {...common}
      type={type}
      {...(type === 'datetime-local' ? { step: 1 } : {})}
      className={cx(inputClass, 'h-9', type.startsWith('date') && 'max-w-64')}
    />
  );
}
