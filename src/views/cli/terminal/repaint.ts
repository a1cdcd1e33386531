import type { Output } from './shell.ts';

const SHORTEST_GAP_MS = 100;
const MOVE_EVERY_MS = 250;

/** Paints when something changed, at most ten times a second, and by itself while times go on. */
export interface Repaint {
  /** Something changed. */
  soon(): void;
  stop(): void;
}

/** @param paint draws everything; `step` grows by one every quarter of a second, for what moves by itself */
export function repaint(output: Output, paint: (step: number) => void): Repaint {
  const startedAt = performance.now();
  let paintedAt = Number.NEGATIVE_INFINITY;
  let due: NodeJS.Timeout | undefined;
  const now = () => {
    clearTimeout(due);
    due = undefined;
    paintedAt = performance.now();
    paint(Math.floor((paintedAt - startedAt) / MOVE_EVERY_MS));
  };
  const soon = () => {
    due ??= setTimeout(now, Math.max(0, paintedAt + SHORTEST_GAP_MS - performance.now()));
  };
  const mover = setInterval(soon, MOVE_EVERY_MS);
  const undo = output.onResize(soon);
  soon();
  return {
    soon,
    stop() {
      clearTimeout(due);
      clearInterval(mover);
      undo();
    },
  };
}
