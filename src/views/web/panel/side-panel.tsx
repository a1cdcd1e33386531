import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { PANEL_MAX_PX, PANEL_MIN_PX, panelWidth } from '../data/preferences.ts';
import { useObservable } from '../hooks/use-record.ts';

const clamp = (px: number): number => Math.round(Math.min(PANEL_MAX_PX, Math.max(PANEL_MIN_PX, px)));

/** A panel at the right whose width is drawn with the pointer or the arrow keys, and remembered. */
export function SidePanel({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const width = useObservable(panelWidth);
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    panelWidth.set(clamp(window.innerWidth - event.clientX));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: 24, ArrowRight: -24 }[event.key];
    if (step !== undefined) panelWidth.set(clamp(width + step));
  };
  return (
    <aside
      aria-label={label}
      style={{ width: clamp(width) }}
      className="relative shrink-0 border-l border-line bg-side"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that can be moved, which <hr> cannot */}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the panel"
        aria-valuenow={clamp(width)}
        aria-valuemin={PANEL_MIN_PX}
        aria-valuemax={PANEL_MAX_PX}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
        className="absolute inset-y-0 -left-1 z-10 w-2 cursor-col-resize touch-none after:absolute after:inset-y-0 after:left-[3px] after:w-0.5 hover:after:bg-accent focus-visible:outline-none focus-visible:after:bg-accent"
      />
      {children}
    </aside>
  );
}
