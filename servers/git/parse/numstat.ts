/** How much of one file differs. */
export interface FileDiff {
  readonly path: string;
  readonly from?: string;
  /** Lines; absent for a binary file. */
  readonly added?: number;
  readonly deleted?: number;
  readonly isBinary: boolean;
}

/** `git diff --numstat -z`: of a renamed file the path is empty, and two more records follow. */
export function parseNumstat(text: string): FileDiff[] {
  const records = text.split('\0');
  const files: FileDiff[] = [];
  for (let at = 0; at < records.length; at++) {
    const [, added, deleted, path] = /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(records[at]!) ?? [];
    if (path === undefined) continue;
    const names = path === '' ? { from: records[++at] ?? '', path: records[++at] ?? '' } : { path };
    const isBinary = added === '-';
    files.push({ ...names, isBinary, ...(!isBinary && { added: Number(added), deleted: Number(deleted) }) });
  }
  return files;
}
