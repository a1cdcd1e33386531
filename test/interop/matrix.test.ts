import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { processesWith } from '../support/processes.ts';
import { atEndOfFile, ROOT, tempFolder, testHost } from '../support/test-host.ts';
import { boardOf } from './board.ts';
import {
  EVERYTHING,
  EVERYTHING_ROWS,
  type EverythingTransport,
  everythingEntry,
  everythingServer,
  runEverything,
} from './everything.ts';
import { fixtureServer } from './fixture-server.ts';
import { page, tables } from './page.ts';
import { ROWS } from './rows.ts';
import { cellName, entriesOf, type Matrix, runRow, truthOf } from './run.ts';
import { type Met, runKilledHost } from './run-killed-host.ts';
import { SCENARIOS, type ScenarioName } from './scenarios.ts';

/* Every generation of long work, over every transport, through everything that can happen to a call. */

/** Half a minute when all is well; each cell that does not end takes its limit. */
const WITHIN_MS = 240_000;
const PAGE = join(ROOT, 'docs/interop.md');
const NAMES = Object.keys(SCENARIOS) as ScenarioName[];
const TRANSPORTS = Object.keys(EVERYTHING_ROWS) as EverythingTransport[];

const atEnd = atEndOfFile();
const matrix: Matrix = new Map();
const run = `matrix-${randomUUID()}`;
let left: readonly number[];

beforeAll(async () => {
  const folder = tempFolder(atEnd);
  const server = (row: (typeof ROWS)[number], part: string) =>
    fixtureServer(row, `${run}-${row.id}-${part}`, join(folder, `${row.id}-${part}.json`), atEnd);
  const rows = await Promise.all(
    ROWS.map(async (row) => {
      const [living, doomed] = await Promise.all([server(row, 'living'), server(row, 'doomed')]);
      return { row, living, doomed };
    }),
  );
  const everything = await Promise.all(
    TRANSPORTS.map(async (transport) => [
      everythingEntry(transport),
      await everythingServer(transport, atEnd),
    ]),
  );
  const host = await testHost(
    {
      ...Object.fromEntries(everything),
      ...Object.fromEntries(rows.map(({ row, living }) => [entriesOf(row).living, living.entry])),
      ...Object.fromEntries(rows.map(({ row, doomed }) => [entriesOf(row).doomed, doomed.entry])),
    },
    { atEnd },
  );
  const board = boardOf(host, atEnd);
  await Promise.all([
    ...rows.map(({ row, living, doomed }) => runRow(row, { board, living, doomed, folder }, matrix)),
    ...TRANSPORTS.map((transport) => runEverything(transport, board, matrix)),
  ]);
  await host.close();

  const met: Met[] = rows.map(({ row, living }) => ({
    row,
    server: living,
    mark: `${run}-${row.id}-living`,
  }));
  const killed = await runKilledHost(met, tempFolder(atEnd), atEnd, matrix);
  left = killed.left;
  const { fixtures, everything: table } = tables((name, truth) => {
    const { word, wrong } = matrix.get(name) ?? { word: 'not run', wrong: [] };
    if (word !== truth) return `✗ ${word}, not ${truth}`;
    return wrong.length === 0 ? word : `✗ ${word}, but ${wrong.join(', and ')}`;
  });
  console.info(`${fixtures}\n\n${table}`);
}, WITHIN_MS);

describe.each(ROWS.map((row) => [row.id, row] as const))('%s', (id, row) => {
  const cells = NAMES.flatMap((name) => {
    const truth = truthOf(row, name);
    return typeof truth === 'string' ? [[name, truth] as const] : [];
  });
  test.each(cells)('%s: %s', (name, truth) => {
    expect(matrix.get(cellName(id, name))).toEqual({ word: truth, wrong: [] });
  });
});

describe.each(TRANSPORTS)('server-everything, %s', (transport) => {
  test.each(Object.entries(EVERYTHING).map(([name, { truth }]) => [name, truth]))('%s: %s', (name, truth) => {
    expect(matrix.get(cellName(everythingEntry(transport), name))).toEqual({ word: truth, wrong: [] });
  });
});

test('no server of a host that was killed is left', () => {
  expect(left).toEqual([]);
});

test('no server of a host that was closed is left', () => {
  const local = ROWS.filter(({ args }) => args[0] === 'stdio').map(({ id }) => `${run}-${id}-doomed`);
  expect(local.flatMap((mark) => processesWith(`--mark=${mark}`))).toEqual([]);
});

test('docs/interop.md says what is true here', () => {
  if (process.env.UPDATE_INTEROP !== undefined) writeFileSync(PAGE, page());
  expect(readFileSync(PAGE, 'utf8'), 'UPDATE_INTEROP=1 vitest run test/interop writes it').toBe(page());
});
