/** One row more than asked tells whether there is a next page. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
): { readonly rows: readonly T[]; readonly more: boolean } {
  return rows.length > limit ? { rows: rows.slice(0, limit), more: true } : { rows, more: false };
}
