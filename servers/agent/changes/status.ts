/** The paths in `git status --porcelain=v2 -z`: everything that differs from HEAD, with what is not tracked. */
export function pathsOfStatus(text: string): string[] {
  const paths: string[] = [];
  const records = text.split('\0');
  for (let at = 0; at < records.length; at++) {
    const record = records[at]!;
    const fields = FIELDS_BEFORE_PATH[record[0] ?? ''];
    if (fields === undefined) continue;
    paths.push(record.split(' ').slice(fields).join(' '));
    if (record[0] === '2') paths.push(records[++at]!); // a rename has the old path behind it
  }
  return paths;
}

/** By the kind of a record: changed, renamed, unmerged, untracked. */
const FIELDS_BEFORE_PATH: Readonly<Record<string, number>> = { 1: 8, 2: 9, u: 10, '?': 1 };
