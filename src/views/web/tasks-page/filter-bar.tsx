import { Search, X } from 'lucide-react';
import type { RefObject } from 'react';
import { useEffect, useState } from 'react';
import type { ServerView } from '../data/types.ts';
import { useRecords } from '../hooks/use-record.ts';
import { Choice } from '../ui/choice.tsx';
import { cx } from '../ui/class-names.ts';
import { inputClass } from '../ui/field.tsx';
import type { TasksSearch } from './search.ts';

const CHOICES = [
  ['all', 'All'],
  ['working', 'Running'],
  ['input_required', 'Needs you'],
  ['failed,lost', 'Failed or lost'],
  ['completed', 'Completed'],
  ['cancelled', 'Cancelled'],
] as const;

const serverNames = (all: readonly ServerView[]): readonly string[] =>
  all.map((server) => server.name).sort();

interface FilterBarProps {
  readonly search: TasksSearch;
  onChange(search: TasksSearch): void;
  readonly field: RefObject<HTMLInputElement | null>;
}

export function FilterBar({ search, onChange, field }: FilterBarProps) {
  const servers = useRecords('server', serverNames);
  const set = (name: keyof TasksSearch, value: string): void => {
    const { [name]: _, ...rest } = search;
    onChange(value === '' ? rest : { ...rest, [name]: value });
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchField value={search.q ?? ''} onChange={(value) => set('q', value)} field={field} />
      <Choice
        label="Status"
        value={search.status ?? 'all'}
        options={CHOICES}
        onChange={(value) => set('status', value === 'all' ? '' : value)}
        isFilter
      />
      <select
        aria-label="Server"
        value={search.server ?? ''}
        onChange={(event) => set('server', event.target.value)}
        className={cx(inputClass, 'h-9 w-auto max-w-44 pr-2 max-sm:text-sm')}
      >
        <option value="">All servers</option>
        {[...new Set([...servers, ...(search.server === undefined ? [] : [search.server])])].map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </div>
  );
}

/** Types at once, asks a moment later. */
function SearchField({
  value,
  onChange,
  field,
}: {
  value: string;
  onChange(value: string): void;
  field: FilterBarProps['field'];
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the wait
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 220);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div className="relative min-w-40 flex-1 sm:max-w-72">
      <Search className="pointer-events-none absolute top-2.5 left-3 size-4 text-muted" aria-hidden />
      <input
        ref={field}
        type="search"
        aria-label="Search tasks"
        placeholder="Search"
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          if (text === '') event.currentTarget.blur();
          setText('');
        }}
        className={cx(inputClass, 'h-9 px-8.5 [&::-webkit-search-cancel-button]:hidden')}
      />
      {text === '' ? (
        <kbd
          aria-hidden
          className="pointer-events-none absolute top-2 right-2.5 rounded border border-line-strong px-1.5 font-sans text-2xs leading-[1.125rem] text-muted max-sm:hidden"
        >
          /
        </kbd>
      ) : (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => setText('')}
          className="absolute top-2 right-2 rounded p-0.5 text-muted hover:text-ink"
        >
          <X className="size-4" aria-hidden />
        </button>
      )}
    </div>
  );
}
