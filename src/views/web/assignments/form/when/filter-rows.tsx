import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import type { EventFilter } from '../../../data/types.ts';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/class-names.ts';
import { inputClass } from '../../../ui/field.tsx';
import { Wrong } from '../controls.tsx';
import { type FilterRow, nextKey } from '../state/form-state.ts';
import type { FormErrors } from '../state/to-draft.ts';

const OPS: readonly (readonly [EventFilter['op'], string])[] = [
  ['equals', 'is'],
  ['not_equals', 'is not'],
  ['glob', 'is like'],
  ['matches', 'matches'],
  ['exists', 'is there'],
];

interface FilterRowsProps {
  readonly rows: readonly FilterRow[];
  readonly errors: FormErrors;
  readonly suggestions: readonly string[];
  onChange(rows: readonly FilterRow[]): void;
}

/** What of the event has to hold; all of it. */
export function FilterRows({ rows, errors, suggestions, onChange }: FilterRowsProps) {
  const list = useId();
  const set = (key: number, part: Partial<FilterRow>): void =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const add = (): void => onChange([...rows, { key: nextKey(rows), path: '', op: 'equals', value: '' }]);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1.5 text-sm font-medium">Only where</legend>
      <datalist id={list}>
        {suggestions.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {rows.map((row, at) => (
        <div key={row.key} className="flex flex-col gap-1">
          <div className="grid grid-cols-[minmax(0,1fr)_7rem_auto] gap-2 sm:grid-cols-[minmax(0,11rem)_7rem_minmax(0,1fr)_auto]">
            <input
              aria-label={`Field ${at + 1}`}
              list={list}
              value={row.path}
              placeholder="path"
              spellCheck={false}
              autoComplete="off"
              aria-invalid={errors[`trigger.filters.${at}.path`] !== undefined}
              onChange={(event) => set(row.key, { path: event.target.value })}
              className={cx(inputClass, 'h-9 font-mono')}
            />
            <select
              aria-label={`Comparison ${at + 1}`}
              value={row.op}
              onChange={(event) => set(row.key, { op: event.target.value as FilterRow['op'] })}
              className={cx(inputClass, 'h-9 pr-2')}
            >
              {OPS.map(([op, words]) => (
                <option key={op} value={op}>
                  {words}
                </option>
              ))}
            </select>
            <input
              aria-label={`Value ${at + 1}`}
              value={row.value}
              placeholder={row.op === 'exists' ? 'true' : row.op === 'glob' ? '*.pdf' : ''}
              spellCheck={false}
              autoComplete="off"
              aria-invalid={errors[`trigger.filters.${at}.value`] !== undefined}
              onChange={(event) => set(row.key, { value: event.target.value })}
              className={cx(inputClass, 'h-9 font-mono max-sm:col-span-2 max-sm:row-start-2')}
            />
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Remove condition ${at + 1}`}
              onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
            >
              <X className="size-4" aria-hidden />
            </Button>
          </div>
          <Wrong error={errors[`trigger.filters.${at}.path`] ?? errors[`trigger.filters.${at}.value`]} />
        </div>
      ))}
      <Button size="sm" variant="outline" className="w-fit" onClick={add}>
        <Plus className="size-3.5" aria-hidden />
        Condition
      </Button>
    </fieldset>
  );
}
