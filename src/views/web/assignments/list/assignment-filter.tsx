import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AssignmentState } from '../../data/types.ts';
import { Choice } from '../../ui/choice.tsx';
import { cx } from '../../ui/class-names.ts';
import { inputClass } from '../../ui/field.tsx';
import type { AssignmentsSearch } from './search.ts';

const CHOICES: readonly (readonly [AssignmentState | 'all', string])[] = [
  ['all', 'All'],
  ['on', 'On'],
  ['paused', 'Paused'],
  ['disabled', 'Turned off'],
  ['done', 'Done'],
];

interface AssignmentFilterProps {
  readonly search: AssignmentsSearch;
  onChange(search: AssignmentsSearch): void;
}

/** By words of the title and by state. Typing shows at once and asks a moment later. */
export function AssignmentFilter({ search, onChange }: AssignmentFilterProps) {
  const { q = '', state } = search;
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the wait
  useEffect(() => {
    if (text === q) return;
    const timer = setTimeout(() => onChange(searchOf(text, state)), 220);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="relative min-w-40 flex-1 sm:max-w-72">
        <Search className="pointer-events-none absolute top-2.5 left-3 size-4 text-muted" aria-hidden />
        <input
          type="search"
          aria-label="Search assignments"
          placeholder="Search"
          value={text}
          maxLength={200}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setText('')}
          className={cx(inputClass, 'h-9 pl-8.5')}
        />
      </div>
      <Choice
        label="State"
        value={state ?? 'all'}
        options={CHOICES}
        onChange={(value) => onChange(searchOf(text, value === 'all' ? undefined : value))}
        isFilter
      />
    </div>
  );
}

const searchOf = (text: string, state: AssignmentState | undefined): AssignmentsSearch => ({
  ...(text.trim() !== '' && { q: text }),
  ...(state !== undefined && { state }),
});
