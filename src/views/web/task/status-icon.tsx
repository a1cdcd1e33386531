import { Ban, Check, CircleHelp, Square, X } from 'lucide-react';
import { cx } from '../ui/class-names.ts';
import type { Look } from './view.ts';

export const LOOK_TEXT: Readonly<Record<Look, string>> = {
  running: 'text-running',
  quiet: 'text-needs',
  noContact: 'text-lost',
  needs: 'text-needs',
  stopping: 'text-idle',
  good: 'text-good',
  bad: 'text-bad',
  cancelled: 'text-idle',
  lost: 'text-lost',
};
export const LOOK_GROUND: Readonly<Record<Look, string>> = {
  running: 'bg-running-soft',
  quiet: 'bg-needs-soft',
  noContact: 'bg-lost-soft',
  needs: 'bg-needs-soft',
  stopping: 'bg-idle-soft',
  good: 'bg-good-soft',
  bad: 'bg-bad-soft',
  cancelled: 'bg-idle-soft',
  lost: 'bg-lost-soft',
};

/**
 * Colour is the outcome, shape is whether something is alive behind it: a ring moves only while signs of life
 * come in, stands still when it is quiet, is dashed when contact is gone, and is a filled disc once it is over.
 * The words stand beside it; the icon itself is silent.
 */
export function StatusIcon({ look, className }: { readonly look: Look; readonly className?: string }) {
  const box = cx(
    'relative inline-grid size-[1.125rem] shrink-0 place-items-center',
    LOOK_TEXT[look],
    className,
  );
  switch (look) {
    case 'running':
      return (
        <span aria-hidden className={box}>
          <Ring className="animate-spin [animation-duration:1.4s]" dash="26 100" track />
        </span>
      );
    case 'quiet':
      return (
        <span aria-hidden className={box}>
          <Ring dash="26 100" track />
        </span>
      );
    case 'noContact':
      return (
        <span aria-hidden className={box}>
          <Ring dash="4.4 3.6" />
        </span>
      );
    case 'stopping':
      return (
        <span aria-hidden className={box}>
          <Ring className="animate-spin [animation-duration:2.4s]" dash="26 100" track />
          <Square className="absolute size-[0.4rem] fill-current" />
        </span>
      );
    case 'lost':
      return (
        <span aria-hidden className={box}>
          <Ring dash="4.4 3.6" />
          <span className="absolute text-[0.625rem] leading-none font-bold">?</span>
        </span>
      );
    case 'needs':
      return (
        <span aria-hidden className={box}>
          <CircleHelp className="size-[1.125rem]" strokeWidth={2} />
        </span>
      );
    case 'cancelled':
      return (
        <span aria-hidden className={box}>
          <Ban className="size-4" strokeWidth={2} />
        </span>
      );
    default:
      return (
        <span aria-hidden className={cx(box, 'rounded-full', LOOK_GROUND[look])}>
          {look === 'good' && <Check className="size-3" strokeWidth={3} />}
          {look === 'bad' && <X className="size-3" strokeWidth={3} />}
        </span>
      );
  }
}

function Ring({
  dash,
  track,
  className,
}: {
  readonly dash: string;
  readonly track?: boolean;
  readonly className?: string;
}) {
  return (
    <svg
      viewBox="0 0 18 18"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      className={cx('size-full', className)}
      aria-hidden="true"
    >
      {track && <circle cx="9" cy="9" r="7.25" opacity="0.25" />}
      <circle
        cx="9"
        cy="9"
        r="7.25"
        strokeDasharray={dash}
        strokeLinecap={track ? 'round' : 'butt'}
        transform="rotate(-90 9 9)"
      />
    </svg>
  );
}
