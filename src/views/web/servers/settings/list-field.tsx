import { Check, Plus } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { useId, useRef } from 'react';
import type { SettingField } from '../../data/types.ts';
import { plainText } from '../../text/plain.ts';
import { Button } from '../../ui/button.tsx';
import { ListRow } from './list-row.tsx';
import { describedBy, SettingLabel, SettingWords } from './setting-frame.tsx';
import { nextKey, type Row } from './settings-draft.ts';

interface ListFieldProps {
  readonly field: SettingField;
  readonly rows: readonly Row[];
  readonly error: string | undefined;
  readonly rowErrors: Readonly<Record<number, string>>;
  onChange(rows: readonly Row[]): void;
}

/** A setting that is a list: what is suggested can be switched on and off, and anything can be written. */
export function ListField({ field, rows, error, rowErrors, onChange }: ListFieldProps) {
  const id = useId();
  const add = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const { suggestions = [], type } = field;
  const typed = rows.filter(({ isChosen }) => !isChosen);
  const texts = new Set(rows.map(({ text }) => text.trim()));
  const choose = (chosen: readonly string[]): void => {
    const kept = rows.filter(
      ({ text }) => !suggestions.includes(text.trim()) || chosen.includes(text.trim()),
    );
    const fresh = chosen.filter((text) => !texts.has(text));
    const key = nextKey(rows);
    onChange([...kept, ...fresh.map((text, at) => ({ key: key + at, text, isChosen: true as const }))]);
  };
  const addRow = (): void => {
    onChange([...rows, { key: nextKey(rows), text: '' }]);
    requestAnimationFrame(() => [...(list.current?.querySelectorAll('input') ?? [])].at(-1)?.focus());
  };
  const described = describedBy(id, error);
  return (
    <fieldset aria-describedby={described} className="flex min-w-0 flex-col gap-1.5">
      <legend className="contents text-sm font-medium">
        <SettingLabel field={field} />
      </legend>
      {suggestions.length > 0 && (
        <ToggleGroup.Root
          type="multiple"
          aria-label={`${plainText(field.title)}: suggestions`}
          value={suggestions.filter((text) => texts.has(text))}
          onValueChange={choose}
          className="flex flex-wrap gap-1.5"
        >
          {suggestions.map((text) => (
            <ToggleGroup.Item key={text} value={text} className={PILL}>
              <Check className="hidden size-3.5 group-data-[state=on]/pill:block" aria-hidden />
              {plainText(text)}
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
      )}
      <div ref={list} className="flex flex-col gap-1.5 empty:hidden">
        {typed.map((row, at) => (
          <ListRow
            key={row.key}
            label={`${plainText(field.title)} ${at + 1}`}
            row={row}
            isPath={type !== 'string'}
            expanded={expandedOf(field, row.text)}
            error={rowErrors[row.key] ?? (at === 0 ? error : undefined)}
            about={described}
            onChange={(text) =>
              onChange(rows.map((each) => (each.key === row.key ? { ...each, text } : each)))
            }
            onRemove={() => {
              onChange(rows.filter(({ key }) => key !== row.key));
              add.current?.focus();
            }}
          />
        ))}
      </div>
      <div>
        <Button ref={add} size="sm" onClick={addRow}>
          <Plus className="size-3.5" aria-hidden />
          {ADD[type]}
          <span className="sr-only"> to {plainText(field.title)}</span>
        </Button>
      </div>
      <SettingWords id={id} field={field} error={typed.length > 0 ? undefined : error} />
    </fieldset>
  );
}

const PILL =
  'group/pill inline-flex h-8 items-center gap-1.5 rounded-full border border-line-strong px-3 font-mono text-xs text-soft hover:bg-hover pointer-coarse:min-h-10 data-[state=on]:border-accent data-[state=on]:bg-accent-soft data-[state=on]:text-ink';

const ADD: Readonly<Record<SettingField['type'], string>> = {
  directory: 'Add folder',
  file: 'Add file',
  string: 'Add',
  number: 'Add',
  boolean: 'Add',
};

/** What a row comes to, as far as the host has said: of what is saved. */
function expandedOf({ value, expanded }: SettingField, text: string): string | undefined {
  if (typeof value !== 'object' || typeof expanded !== 'object') return undefined;
  const filled = expanded[value.indexOf(text)];
  return filled === text ? undefined : filled;
}
