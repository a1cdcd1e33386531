import { cx } from '../ui/class-names.ts';
import { LOOK_GROUND, LOOK_TEXT, StatusIcon } from './status-icon.tsx';
import { LOOK_WORDS, type Look } from './view.ts';

/** A status as a pill: icon and word together. */
export function StatusWord({
  look,
  word = LOOK_WORDS[look],
}: {
  readonly look: Look;
  readonly word?: string;
}) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1.5 rounded-full py-0.5 pr-2.5 pl-1 text-xs font-medium',
        LOOK_GROUND[look],
        LOOK_TEXT[look],
      )}
    >
      <StatusIcon look={look} className="scale-90" />
      {word}
    </span>
  );
}
