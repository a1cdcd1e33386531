const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of `width` columns filled to `fraction` (0 to 1), in steps of an eighth of a column. */
export function bar(fraction: number, width: number): string {
  const filled = Math.floor(clamp(fraction) * width * 8);
  const text = '█'.repeat(Math.floor(filled / 8)) + EIGHTHS[filled % 8];
  return text + '░'.repeat(Math.max(0, width - text.length));
}

/** A bar for work whose end cannot be told: a block that wanders to and fro, one column per `step`. */
export function wanderingBar(step: number, width: number): string {
  const size = Math.max(1, Math.floor(width / 4));
  const way = Math.max(1, width - size);
  const at = Math.abs((step % (2 * way)) - way);
  return '░'.repeat(way - at) + '█'.repeat(size) + '░'.repeat(width - size - way + at);
}

const clamp = (fraction: number): number => (Number.isNaN(fraction) ? 0 : Math.min(1, Math.max(0, fraction)));
