/** What we need of `/proc/PID/stat`. */
export interface ProcStat {
  readonly pid: number;
  /** One letter: R, S, D, T, t, Z, X, I. */
  readonly state: string;
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  /** Field 22: the start, in clock ticks since boot. Kept as text, it can pass 2^53. */
  readonly startTicks: string;
}

/**
 * Reads one line of `/proc/PID/stat`. The second field is the program's name in parentheses and may itself hold
 * spaces and parentheses, so the fields are counted from the last closing one. `undefined` if it is no such line.
 */
export function parseProcStat(text: string): ProcStat | undefined {
  const close = text.lastIndexOf(')');
  const pid = Number.parseInt(text, 10);
  if (close < 0 || !(pid > 0)) return undefined;
  const fields = text.slice(close + 2).split(' '); // fields[0] is field 3
  const [state, ppid, pgid, sid] = fields;
  const startTicks = fields[19];
  if (state === undefined || startTicks === undefined) return undefined;
  return { pid, state, ppid: Number(ppid), pgid: Number(pgid), sid: Number(sid), startTicks };
}
