import { useId } from 'react';
import type { SettingField } from '../../data/types.ts';
import { cx } from '../../ui/class-names.ts';
import { inputClass } from '../../ui/field.tsx';
import { describedBy, Expanded, SettingLabel, SettingWords } from './setting-frame.tsx';

interface ValueFieldProps {
  readonly field: SettingField;
  readonly text: string;
  readonly error: string | undefined;
  onChange(text: string): void;
}

/** A setting that is one text, number, file or folder, or one of a few texts. */
export function ValueField({ field, text, error, onChange }: ValueFieldProps) {
  const id = useId();
  const { type, options, default: otherwise, value, expanded } = field;
  const control = {
    id,
    value: text,
    'aria-invalid': error !== undefined,
    'aria-describedby': describedBy(id, error),
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  const unset = otherwise === undefined ? '' : String(otherwise);
  const isAsSaved = text === String(value ?? '');
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        <SettingLabel field={field} />
      </label>
      {options === undefined ? (
        <input
          {...control}
          inputMode={type === 'number' ? 'decimal' : undefined}
          placeholder={unset}
          spellCheck={false}
          autoComplete="off"
          className={cx(inputClass, 'h-9', type === 'number' && 'max-w-40', isPath(type) && 'font-mono')}
        />
      ) : (
        <select {...control} className={cx(inputClass, 'h-9 pr-2')}>
          <option value="">{unset === '' ? 'Not set' : `Default (${unset})`}</option>
          {options.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      )}
      <SettingWords
        id={id}
        field={field}
        error={error}
        hint={expanded !== undefined && isAsSaved && <Expanded text={String(expanded)} />}
      />
    </div>
  );
}

const isPath = (type: SettingField['type']): boolean => type === 'directory' || type === 'file';
