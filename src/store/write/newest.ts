/** A record that is to be written, and the seq of its first write in this transaction. */
export interface Newest<T> {
  readonly record: T;
  readonly firstSeq: number;
}

/** Of several writes of one record only the newest is kept; it remembers the number of the first. */
export function newestByKey<T extends { readonly seq: number }>(
  records: readonly T[],
  key: (record: T) => string,
): readonly Newest<T>[] {
  if (records.length === 1) return [{ record: records[0]!, firstSeq: records[0]!.seq }];
  const newest = new Map<string, Newest<T>>();
  for (const record of records)
    newest.set(key(record), { record, firstSeq: newest.get(key(record))?.firstSeq ?? record.seq });
  return [...newest.values()];
}
