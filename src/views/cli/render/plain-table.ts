import type { Paint } from './colour.ts';
import { oneLine } from './plain-text.ts';
import { pad, textWidth, truncate } from './text-width.ts';

/**
 * Rows under names: aligned and cut to `columns` on a terminal, and for a pipe (no `columns`) with tabs and
 * without the names, for other programs to cut. The last column takes what is left.
 */
export function plainTable(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  { columns, paint }: { columns?: number; paint: Paint },
): string[] {
  const cells = rows.map((row) => row.map(oneLine));
  if (columns === undefined) return cells.map((row) => row.join('\t'));
  const widths = names.map((name, at) =>
    Math.max(textWidth(name), ...cells.map((row) => textWidth(row[at] ?? ''))),
  );
  const line = (row: readonly string[]): string =>
    truncate(
      row
        .map((cell, at) => pad(cell, widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
      columns - 1,
    );
  return [paint(line(names), 'dim'), ...cells.map(line)];
}
