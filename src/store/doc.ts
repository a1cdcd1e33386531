/** A record as it is kept: its JSON without the seq, which changes more often than the rest. */
export function toDoc(record: object & { readonly seq?: number }): string {
  const { seq: _, ...rest } = record;
  return JSON.stringify(rest);
}

/** The record of a row. */
export function fromDoc<T extends { readonly seq: number }>(row: {
  readonly doc: string;
  readonly seq: number;
}): T {
  const record = JSON.parse(row.doc) as T;
  return Object.assign(record, { seq: row.seq });
}
