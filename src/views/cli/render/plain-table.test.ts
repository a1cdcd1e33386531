import { expect, test } from 'vitest';
import { unpainted } from './colour.ts';
import { plainTable } from './plain-table.ts';

const rows = [
  ['git', 'ready', 'node git/main.ts'],
  ['backup', 'failed', 'sh -c "…"\nmore'],
];

test('columns are aligned and the line ends before the edge', () => {
  expect(plainTable(['NAME', 'STATE', 'TARGET'], rows, { columns: 28, paint: unpainted })).toEqual([
    'NAME    STATE   TARGET',
    'git     ready   node git/m…',
    'backup  failed  sh -c "…"…',
  ]);
});

test('a pipe gets tabs and no names', () => {
  expect(plainTable(['NAME', 'STATE', 'TARGET'], rows, { paint: unpainted })).toEqual([
    'git\tready\tnode git/main.ts',
    'backup\tfailed\tsh -c "…" more',
  ]);
});
