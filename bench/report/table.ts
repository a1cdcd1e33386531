import { type Figure, ratioOf } from './figure.ts';

const HEAD = ['figure', 'value', 'yardstick', 'ratio', 'target', 'met'];

/** All figures as one Markdown table, columns aligned. */
export function table(figures: readonly Figure[]): string {
  const lines = figures.map((figure) => [
    `${figure.scene}: ${figure.name}`,
    `${amount(figure.value)} ${figure.unit}`,
    figure.yardstick === undefined
      ? ''
      : `${amount(figure.yardstick.value)} ${figure.unit} (${figure.yardstick.name})`,
    ratio(figure),
    figure.target?.text ?? '',
    figure.target === undefined ? '' : figure.target.met ? 'yes' : 'NO',
  ]);
  const widths = HEAD.map((head, column) =>
    Math.max(head.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  const notes = figures
    .filter(({ note }) => note !== undefined)
    .map(({ scene, name, note }) => `- ${scene}: ${name}: ${note}`);
  return [row(HEAD), rule, ...lines.map(row), ...(notes.length === 0 ? [] : ['', ...notes])].join('\n');
}

function ratio(figure: Figure): string {
  const value = ratioOf(figure);
  return value === undefined ? '' : `${value.toFixed(2)} ×`;
}

function amount(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}
