import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

interface SheetProps {
  readonly open: boolean;
  onOpenChange(open: boolean): void;
  readonly side: 'left' | 'right';
  /** Read aloud; the sheet's own content shows its title. */
  readonly label: string;
  readonly children: ReactNode;
}

/** A panel over the page from one edge, where there is no room beside it. */
export function Sheet({ open, onOpenChange, side, label, children }: SheetProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-enter bg-black/40 dark:bg-black/60" />
        <Radix.Content
          aria-describedby={undefined}
          className={cx(
            'fixed inset-y-0 z-50 flex flex-col border-line bg-side shadow-pop outline-none',
            side === 'left'
              ? 'left-0 w-[min(19rem,86vw)] animate-drawer border-r'
              : 'right-0 w-[min(26rem,94vw)] animate-sheet border-l',
          )}
        >
          <Radix.Title className="sr-only">{label}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
