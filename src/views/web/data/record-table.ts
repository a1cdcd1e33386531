/** Records by id, and what is remembered of those that vanished, so that an old answer cannot bring them back. */
export interface RecordTable<T> {
  readonly rows: Map<string, T>;
  readonly buried: Map<string, number>;
}

export interface TableRules<T> {
  id(record: T): string;
  seq(record: T): number;
  /** Whether this record says that it is no more. */
  gone(record: T): boolean;
}

export function createTable<T>(): RecordTable<T> {
  return { rows: new Map(), buried: new Map() };
}

/**
 * Puts a record in; a record replaces another only when its seq is higher.
 * @returns whether anything changed
 */
export function mergeRecord<T>(table: RecordTable<T>, record: T, rules: TableRules<T>): boolean {
  const id = rules.id(record);
  const seq = rules.seq(record);
  const known = table.rows.get(id);
  const knownSeq = known === undefined ? table.buried.get(id) : rules.seq(known);
  if (knownSeq !== undefined && knownSeq >= seq) return false;
  if (rules.gone(record)) {
    table.buried.set(id, seq);
    return table.rows.delete(id);
  }
  table.buried.delete(id);
  table.rows.set(id, record);
  return true;
}
