import { ChevronRight, type LucideIcon } from 'lucide-react';
import { summariseArguments } from '../text/arguments.ts';
import { cx } from '../ui/class-names.ts';

interface ToolRowHeadProps {
  readonly icon: LucideIcon;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly open: boolean;
  /** Id of what it opens. */
  readonly controls: string;
  onToggle(): void;
  readonly className?: string;
}

/** A use of a tool by its name and arguments, on one line that opens to all of it. */
export function ToolRowHead({
  icon: Icon,
  name,
  args,
  open,
  controls,
  onToggle,
  className,
}: ToolRowHeadProps) {
  return (
    <button
      type="button"
      aria-expanded={open}
      aria-controls={controls}
      onClick={onToggle}
      className={cx(
        'flex min-w-0 flex-1 items-center gap-2 pr-2 pl-3 text-left pointer-coarse:min-h-10',
        className,
      )}
    >
      <Icon className="size-3.5 shrink-0 text-muted" aria-hidden />
      <span className="shrink-0 text-sm font-medium max-sm:max-w-[50%] max-sm:truncate">{name}</span>
      <span className="min-w-0 flex-1 truncate font-mono text-xs text-muted">{summariseArguments(args)}</span>
      <ChevronRight
        className={cx('size-3.5 shrink-0 text-muted transition-transform', open && 'rotate-90')}
        aria-hidden
      />
    </button>
  );
}
