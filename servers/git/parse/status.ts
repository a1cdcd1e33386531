/** One path that is not as it was committed. */
export interface StatusEntry {
  readonly path: string;
  /** Where a renamed or copied file came from. */
  readonly from?: string;
  /** Difference between HEAD and index, as a word; left out when there is none. */
  readonly staged?: string;
  /** Difference between index and working tree. */
  readonly unstaged?: string;
  readonly kind: 'changed' | 'conflict' | 'untracked';
}

/** What `git status --porcelain=v2 --branch -z` says. */
export interface Status {
  /** Absent before the first commit. */
  readonly head?: string;
  /** Absent when HEAD is detached. */
  readonly branch?: string;
  readonly upstream?: string;
  /** Commits on one side only; absent without an upstream, or when that is gone. */
  readonly ahead?: number;
  readonly behind?: number;
  readonly entries: readonly StatusEntry[];
}

const WORDS: Readonly<Record<string, string>> = {
  M: 'modified',
  T: 'type changed',
  A: 'added',
  D: 'deleted',
  R: 'renamed',
  C: 'copied',
};

export function parseStatus(text: string): Status {
  const records = text.split('\0');
  const headers = new Map<string, string>();
  const entries: StatusEntry[] = [];
  for (let at = 0; at < records.length; at++) {
    const record = records[at]!;
    const [, name, value] = /^# (\S+) (.*)$/s.exec(record) ?? [];
    if (name !== undefined) headers.set(name, value ?? '');
    else if (record.startsWith('? ')) entries.push({ path: record.slice(2), kind: 'untracked' });
    else if (record.startsWith('1 ')) entries.push(changed(record, 8));
    else if (record.startsWith('2 ')) entries.push({ ...changed(record, 9), from: records[++at] ?? '' });
    else if (record.startsWith('u ')) entries.push({ path: afterFields(record, 10), kind: 'conflict' });
  }
  const [, ahead, behind] = /^\+(\d+) -(\d+)$/.exec(headers.get('branch.ab') ?? '') ?? [];
  const [head, branch] = [headers.get('branch.oid'), headers.get('branch.head')];
  const upstream = headers.get('branch.upstream');
  return {
    ...(head !== undefined && head !== '(initial)' && { head }),
    ...(branch !== undefined && branch !== '(detached)' && { branch }),
    ...(upstream !== undefined && { upstream }),
    ...(ahead !== undefined && { ahead: Number(ahead), behind: Number(behind) }),
    entries,
  };
}

function changed(record: string, fields: number): StatusEntry {
  const [staged, unstaged] = [WORDS[record[2]!], WORDS[record[3]!]];
  return {
    path: afterFields(record, fields),
    kind: 'changed',
    ...(staged !== undefined && { staged }),
    ...(unstaged !== undefined && { unstaged }),
  };
}

/** What follows so many fields, of which none holds a space; a path may. */
function afterFields(record: string, fields: number): string {
  let at = 0;
  for (let field = 0; field < fields; field++) at = record.indexOf(' ', at) + 1;
  return record.slice(at);
}
