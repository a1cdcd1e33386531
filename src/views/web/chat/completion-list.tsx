import { useEffect, useRef } from 'react';
import { cx } from '../ui/class-names.ts';
import { Key } from '../ui/key.tsx';
import type { Completion, CompletionItem } from './completion.ts';

export const optionId = (list: string, index: number): string => `${list}-${index}`;

interface CompletionListProps {
  readonly id: string;
  readonly offer: Completion;
  readonly active: number;
  onTake(item: CompletionItem): void;
  onPoint(index: number): void;
}

/** What can be chosen, above the field; without a choice, what the argument means. */
export function CompletionList({ id, offer, active, onTake, onPoint }: CompletionListProps) {
  const marked = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another option is marked
  useEffect(() => {
    marked.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div className="absolute inset-x-0 bottom-full z-20 mb-2 animate-enter overflow-hidden rounded-xl border border-line bg-raised shadow-pop">
      {offer.hint !== undefined && (
        <div className="px-3.5 py-2 text-sm" aria-live="polite">
          <ItemWords item={offer.hint} />
        </div>
      )}
      {offer.items.length > 0 && (
        <>
          <div
            id={id}
            role="listbox"
            aria-label="Completion"
            className={cx('max-h-72 overflow-y-auto p-1.5', offer.hint && 'border-t border-line')}
          >
            {offer.items.map((item, index) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the marked option
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled in the field
              <div
                key={item.label}
                ref={index === active ? marked : undefined}
                id={optionId(id, index)}
                role="option"
                aria-selected={index === active}
                onMouseDown={(event) => event.preventDefault()}
                onMouseMove={() => index !== active && onPoint(index)}
                onClick={() => onTake(item)}
                className={cx(
                  'cursor-pointer rounded-lg px-2.5 py-1.5 text-sm',
                  index === active && 'bg-accent-soft',
                )}
              >
                <ItemWords item={item} />
              </div>
            ))}
          </div>
          <div
            aria-hidden
            className="flex items-center gap-3 border-t border-line px-3.5 py-1.5 text-2xs text-muted max-sm:hidden"
          >
            <span className="flex items-center gap-1">
              <Key>↑</Key>
              <Key>↓</Key> choose
            </span>
            <span className="flex items-center gap-1">
              <Key>Tab</Key> take
            </span>
            <span className="flex items-center gap-1">
              <Key>Esc</Key> close
            </span>
          </div>
        </>
      )}
    </div>
  );
}

function ItemWords({ item }: { readonly item: CompletionItem }) {
  return (
    <>
      <div className="flex items-baseline gap-2">
        <span className="font-mono text-[0.8125rem] font-medium break-all">{item.label}</span>
        {item.required && (
          <span className="shrink-0 rounded bg-needs-soft px-1.5 text-2xs font-medium text-needs">
            required
          </span>
        )}
        {item.detail !== undefined && (
          <span className="min-w-0 truncate text-xs text-muted">{item.detail}</span>
        )}
      </div>
      {item.description !== undefined && (
        <p className="truncate text-xs text-muted">{item.description.split('\n')[0]}</p>
      )}
    </>
  );
}
