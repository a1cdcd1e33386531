import type { ComponentProps } from 'react';
import { cx } from './class-names.ts';

type Variant = 'primary' | 'outline' | 'ghost' | 'danger';
type Size = 'sm' | 'md' | 'icon' | 'icon-sm';

const VARIANTS: Record<Variant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong shadow-card',
  outline: 'border border-line-strong bg-raised text-ink hover:bg-hover shadow-card',
  ghost: 'text-soft hover:bg-hover hover:text-ink',
  danger: 'border border-bad/40 bg-raised text-bad hover:bg-bad-soft',
};
const SIZES: Record<Size, string> = {
  sm: 'h-7 px-2.5 text-xs rounded-md gap-1.5',
  md: 'h-9 px-3.5 text-sm rounded-lg gap-2',
  icon: 'size-9 rounded-lg',
  'icon-sm': 'size-7 rounded-md',
};

/** How a button looks; also for links that look like one. */
export function buttonClass(variant: Variant = 'outline', size: Size = 'md', more?: string): string {
  return cx(
    'inline-flex shrink-0 items-center justify-center font-medium whitespace-nowrap transition-colors select-none',
    'disabled:opacity-55 disabled:pointer-events-none pointer-coarse:min-h-10',
    VARIANTS[variant],
    SIZES[size],
    more,
  );
}

export function Button({
  variant,
  size,
  className,
  ...props
}: ComponentProps<'button'> & { variant?: Variant; size?: Size }) {
  return <button type="button" {...props} className={buttonClass(variant, size, className)} />;
}
