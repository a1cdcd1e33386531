import { cx } from '../ui/class-names.ts';
import type { Look } from './view.ts';

const FILL: Readonly<Record<Look, string>> = {
  running: 'bg-accent',
  quiet: 'bg-needs',
  noContact: 'bg-lost',
  needs: 'bg-needs',
  stopping: 'bg-idle',
  good: 'bg-good',
  bad: 'bg-bad',
  cancelled: 'bg-idle',
  lost: 'bg-lost',
};

interface ProgressBarProps {
  /** 0 to 1; undefined when the end cannot be told. */
  readonly fraction: number | undefined;
  readonly look: Look;
  readonly label: string;
  readonly valueText?: string | undefined;
  readonly className?: string;
}

/** Without a fraction a part of the bar moves, and only while signs of life come in; without contact it pauses. */
export function ProgressBar({ fraction, look, label, valueText, className }: ProgressBarProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(fraction === undefined ? {} : { 'aria-valuenow': Math.floor(fraction * 100) })}
      {...(valueText === undefined ? {} : { 'aria-valuetext': valueText })}
      className={cx('h-1 w-full overflow-hidden rounded-full bg-track', className)}
    >
      {fraction === undefined ? (
        <div
          className={cx(
            'h-full w-1/3 rounded-full',
            FILL[look],
            look === 'running' ? 'animate-slide motion-reduce:mx-auto' : 'mx-auto opacity-60',
          )}
        />
      ) : (
        <div
          className={cx(
            'h-full rounded-full transition-[width] duration-300',
            FILL[look],
            look === 'noContact' && 'opacity-60',
          )}
          style={{ width: `${fraction * 100}%` }}
        />
      )}
    </div>
  );
}
