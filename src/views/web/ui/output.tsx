import { useLayoutEffect, useRef, useState } from 'react';
import { plainText } from '../text/plain.ts';
import { cx } from './class-names.ts';
import { CopyButton } from './copy-button.tsx';

/** Output of a tool: monospace, capped in height until it is opened. It is data, and shown as nothing else. */
export function Output({
  text,
  label,
  bare,
}: {
  readonly text: string;
  readonly label: string;
  readonly bare?: boolean;
}) {
  const [open, setOpen] = useState(false);
  const [overflows, setOverflows] = useState(false);
  const box = useRef<HTMLElement>(null);
  const shown = plainText(text).replace(/\s+$/, '');
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text has a new height
  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null && !open) setOverflows(element.scrollHeight > element.clientHeight + 2);
  }, [shown, open]);
  return (
    <div className={cx('group/output relative min-w-0', !bare && 'rounded-lg border border-line bg-sunken')}>
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section
        ref={box}
        tabIndex={0}
        aria-label={label}
        className={cx(
          'overflow-auto px-3 py-2.5 pr-10 font-mono text-xs leading-[1.55] break-words whitespace-pre-wrap text-soft',
          open ? 'max-h-[70vh]' : 'max-h-52',
          !bare && 'rounded-lg',
        )}
      >
        {shown === '' ? 'No output.' : shown}
      </section>
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: - */}
      <CopyButton
        text={shown}
        className="absolute top-1 right-1.5 bg-sunken opacity-0 group-hover/output:opacity-100 focus-visible:opacity-100 pointer-coarse:min-h-7 pointer-coarse:opacity-100"
      />
      {(overflows || open) && (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="w-full border-t border-line py-1.5 text-xs font-medium text-muted hover:text-ink"
        >
          {open ? 'Show less' : 'Show more'}
        </button>
      )}
    </div>
  );
}
