import { join } from 'node:path';
import type { Board } from './board.ts';
import { begin, failed, finish, type Seen } from './cell.ts';
import type { FixtureServer } from './fixture-server.ts';
import type { Row, Truth } from './rows.ts';
import { SCENARIOS, type ScenarioName } from './scenarios.ts';

/** What was seen, by row and scenario. */
export type Matrix = Map<string, Seen>;
export const cellName = (rowId: string, scenario: string): string => `${rowId} ${scenario}`;

export const truthOf = (row: Row, scenario: ScenarioName): Truth =>
  row.truths[scenario] ?? SCENARIOS[scenario].truth;
export const canBe = (row: Row, scenario: ScenarioName): boolean =>
  typeof truthOf(row, scenario) === 'string';

/** These ask on the connection of the call without saying which call asks; so each has it to itself. */
const ASKING = ['form', 'two', 'page'] as const;
const BESIDE_EACH_OTHER = ['progress', 'result', 'toolError', 'protocolError', 'stops', 'ignores'] as const;

/** The servers of a row on the shared host: one that lives, one that is killed. */
export const entriesOf = (row: Row) => ({ living: row.id, doomed: `${row.id}-doomed` });

/** Runs the cells of a row in which the host lives. */
export async function runRow(
  row: Row,
  {
    board,
    living,
    doomed,
    folder,
  }: { board: Board; living: FixtureServer; doomed: FixtureServer; folder: string },
  matrix: Matrix,
): Promise<void> {
  async function run(name: ScenarioName, entry: string, server: FixtureServer): Promise<void> {
    if (!canBe(row, name)) return;
    const cell = begin(board, entry, server, SCENARIOS[name], join(folder, `${row.id}-${name}`));
    const seen = await cell.then((begun) => finish(begun, SCENARIOS[name])).catch(failed);
    matrix.set(cellName(row.id, name), seen);
  }
  const killed = run('serverKilled', entriesOf(row).doomed, doomed);
  for (const name of ASKING) await run(name, entriesOf(row).living, living);
  await Promise.all(BESIDE_EACH_OTHER.map((name) => run(name, entriesOf(row).living, living)));
  await killed;
}
