import { useId } from 'react';
import type { ChoiceField, Option } from '../../../base/elicitation/field.ts';
import { plainText } from '../text/plain.ts';

const ROW = 'flex items-start gap-2.5 text-sm';
const BOX = 'mt-0.5 size-4 shrink-0 accent-accent';

/** One of a few. Where nothing has to be chosen, that can be chosen too. */
export function RadioList({
  field,
  chosen,
  onChange,
}: {
  readonly field: ChoiceField;
  readonly chosen: string;
  onChange(chosen: string): void;
}) {
  const name = useId();
  const rows = field.options.map(({ label }, at) => ({ at: String(at), label }));
  return (
    <div className="flex flex-col gap-1.5">
      {[...rows, ...(field.required ? [] : [{ at: '', label: 'No answer' }])].map(({ at, label }) => (
        <label key={at} className={ROW}>
          <input
            type="radio"
            name={name}
            checked={chosen === at}
            required={field.required}
            onChange={() => onChange(at)}
            className={BOX}
          />
          <span className="min-w-0 break-words">{plainText(label)}</span>
        </label>
      ))}
    </div>
  );
}

/** Any number of several. */
export function CheckboxList({
  options,
  chosen,
  wrong,
  onChange,
}: {
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly wrong: boolean;
  onChange(chosen: readonly string[]): void;
}) {
  return (
    <div className="flex max-h-72 flex-col gap-1.5 overflow-y-auto py-0.5 pl-0.5">
      {options.map(({ value, label }, index) => {
        const at = String(index);
        return (
          <label key={String(value)} className={ROW}>
            <input
              type="checkbox"
              checked={chosen.includes(at)}
              aria-invalid={wrong}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, at] : chosen.filter((each) => each !== at))
              }
              className={BOX}
            />
            <span className="min-w-0 break-words">{plainText(label)}</span>
          </label>
        );
      })}
    </div>
  );
}
