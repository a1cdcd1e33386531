import { ToggleGroup } from 'radix-ui';
import { cx } from './class-names.ts';

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  onChange(value: Value): void;
  /** Lower, and on one line that can be pushed aside: over a list. */
  readonly isFilter?: boolean;
}

/** One of a few, side by side. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
  isFilter,
}: ChoiceProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => next !== '' && onChange(next as Value)}
      className={cx(
        'flex max-w-full rounded-lg border border-line bg-side p-0.5',
        isFilter ? 'overflow-x-auto' : 'w-fit flex-wrap',
      )}
    >
      {options.map(([each, words]) => (
        <ToggleGroup.Item
          key={each}
          value={each}
          className={cx(
            'shrink-0 rounded-md font-medium text-muted hover:text-ink data-[state=on]:bg-raised data-[state=on]:text-ink data-[state=on]:shadow-card data-[state=on]:ring-1 data-[state=on]:ring-line-strong',
            isFilter ? 'h-7.5 px-2.5 text-xs pointer-coarse:h-9' : 'h-8 px-3 text-sm pointer-coarse:h-10',
          )}
        >
          {words}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
