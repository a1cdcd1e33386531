import { CircleAlert, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

/** A box that says what is wrong, or what matters here. */
export function Alert({
  kind,
  children,
}: {
  readonly kind: 'bad' | 'needs' | 'note';
  readonly children: ReactNode;
}) {
  const Icon = kind === 'note' ? Info : CircleAlert;
  return (
    <div
      role={kind === 'note' ? undefined : 'alert'}
      className={cx(
        'flex gap-2.5 rounded-lg border px-3 py-2.5 text-sm',
        kind === 'bad' && 'border-bad/30 bg-bad-soft text-bad',
        kind === 'needs' && 'border-needs/30 bg-needs-soft text-needs',
        kind === 'note' && 'border-line bg-sunken text-soft',
      )}
    >
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1 break-words">{children}</div>
    </div>
  );
}
