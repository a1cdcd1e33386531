import type { Compilable } from 'kysely';
import type { Statement, Value } from './database.ts';

/** Stands in a query for a value that comes later. */
class Slot {
  readonly row: number;
  readonly column: string;

  constructor(row: number, column: string) {
    this.row = row;
    this.column = column;
  }
}

interface Plan {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/**
 * Defines a query whose values come later. It is compiled once, at its first use; each use after that only
 * puts the values in. `build` reads the names of the values off its argument.
 */
export function prepare<Values extends object, Row>(
  build: (values: Values) => Compilable<Row>,
): (values: Values) => Statement<Row> {
  const slots = new Proxy({}, { get: (_, name) => new Slot(0, String(name)) }) as Values;
  let plan: Plan | undefined;
  return (values) => {
    plan ??= build(slots).compile();
    return fill(plan, [values], 0);
  };
}

/** How many rows go into one statement: few sizes, so that each is compiled once. */
const SIZES = [64, 8, 1] as const;

/** Like `prepare`, for many rows: as few statements as the sizes allow, in order. */
export function prepareMany<Values extends object, Row>(
  columns: readonly (keyof Values & string)[],
  build: (rows: readonly Values[]) => Compilable<Row>,
): (rows: readonly Values[]) => Iterable<Statement<Row>> {
  const plans = new Map<number, Plan>();
  const planFor = (size: number): Plan => {
    let plan = plans.get(size);
    if (!plan) {
      const slots = Array.from({ length: size }, (_, row) =>
        Object.fromEntries(columns.map((column) => [column, new Slot(row, column)])),
      );
      plan = build(slots as unknown as Values[]).compile();
      plans.set(size, plan);
    }
    return plan;
  };
  return function* (rows) {
    let from = 0;
    for (const size of SIZES)
      for (; rows.length - from >= size; from += size) yield fill(planFor(size), rows, from);
  };
}

function fill<Row>(plan: Plan, rows: readonly object[], from: number): Statement<Row> {
  const values = plan.parameters.map((parameter) =>
    parameter instanceof Slot
      ? (rows[from + parameter.row] as Record<string, Value>)[parameter.column]!
      : (parameter as Value),
  );
  return { sql: plan.sql, values };
}

/** For `on conflict do update`: each column takes the value that was to be inserted. */
export const fromExcluded =
  <Column extends string>(columns: readonly Column[]) =>
  // biome-ignore lint/suspicious/noExplicitAny: Kysely's builder type depends on the table; the columns are checked
  (eb: any): Record<Column, never> =>
    Object.fromEntries(columns.map((column) => [column, eb.ref(`excluded.${column}`)])) as Record<
      Column,
      never
    >;
