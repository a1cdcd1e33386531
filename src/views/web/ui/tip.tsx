import { Tooltip } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

/** Words that appear beside a control when one rests on it. The control has its own label. */
export function Tip({ text, children }: { readonly text: ReactNode; readonly children: ReactElement }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-72 animate-enter rounded-md bg-ink px-2 py-1 text-xs text-page shadow-pop"
        >
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
