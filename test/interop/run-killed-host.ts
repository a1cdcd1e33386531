import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { processesWith } from '../support/processes.ts';
import { type AtEnd, writeConfig } from '../support/test-host.ts';
import { begin, type Cell, cellOf, failed, finish } from './cell.ts';
import type { FixtureServer } from './fixture-server.ts';
import { killableHost } from './killable-host.ts';
import { isLocal, type Row } from './rows.ts';
import { canBe, cellName, type Matrix, truthOf } from './run.ts';
import { SCENARIOS } from './scenarios.ts';

const NAMES = ['hostKilled', 'hostKilledAsking'] as const;

/** A server of a row that meets the host that is killed, with the word on its command line. */
export interface Met {
  readonly row: Row;
  readonly server: FixtureServer;
  readonly mark: string;
}

/** Runs the cells in which the host is killed: one host, and all calls in the middle of their work. */
export async function runKilledHost(met: readonly Met[], folder: string, atEnd: AtEnd, matrix: Matrix) {
  const cells = met.flatMap(({ row, server }) =>
    NAMES.filter((name) => canBe(row, name)).map((name) => ({
      row,
      server,
      name,
      entry: `${row.id}-${name}`,
    })),
  );
  writeConfig(folder, Object.fromEntries(cells.map(({ entry, server }) => [entry, server.entry])));
  const first = await killableHost(folder, atEnd);
  const begun = new Map<string, Cell>();
  const note = (entry: string, error: unknown) => matrix.set(entry, failed(error));
  await Promise.all(
    cells.map(async ({ row, server, name, entry }) => {
      try {
        const cell = await begin(first.board, entry, server, SCENARIOS[name], join(folder, entry));
        if (name === 'hostKilledAsking')
          await eventually(async () => (await cell.task()).input !== undefined);
        begun.set(entry, cell);
      } catch (error) {
        note(cellName(row.id, name), `before the kill: ${error}`);
      }
    }),
  );
  const ours = met.filter(({ row }) => isLocal(row)).flatMap(({ mark }) => processesWith(`--mark=${mark}`));
  await first.kill();

  const second = await killableHost(folder, atEnd);
  const left = met
    .flatMap(({ mark, row }) => (isLocal(row) ? processesWith(`--mark=${mark}`) : []))
    .filter((pid) => ours.includes(pid));
  await Promise.all(
    cells.map(async ({ row, name, entry }) => {
      const before = begun.get(entry);
      if (before === undefined) return;
      const cell = cellOf(second.board, before);
      const { endedAt } = await cell.task();
      const seen = await finish(cell, SCENARIOS[name]).catch(failed);
      // Where a task may be found by its name, the server is asked for it first.
      const mayBeFound =
        truthOf(row, name) === 'found again' || (!isLocal(row) && row.generation.startsWith('tasks'));
      const late = endedAt === undefined && !mayBeFound;
      const wrong = late ? [...seen.wrong, 'it had not ended when the host could be seen again'] : seen.wrong;
      matrix.set(cellName(row.id, name), { ...seen, wrong });
    }),
  );
  return { left };
}
