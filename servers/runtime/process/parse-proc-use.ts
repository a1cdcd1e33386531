/** Clock ticks in a second, as `/proc` counts: 100 for programs on every common machine (USER_HZ). */
const TICKS_PER_SECOND = 100;

/** CPU seconds of one process out of `/proc/PID/stat`: its own, and those of its children that are over. */
export function parseCpu(text: string): { readonly own: number; readonly ofChildren: number } | undefined {
  const close = text.lastIndexOf(')');
  if (close < 0) return undefined;
  const fields = text.slice(close + 2).split(' '); // fields[0] is field 3
  const [user, system, userOfChildren, systemOfChildren] = fields.slice(11, 15).map(Number);
  if (systemOfChildren === undefined || !Number.isFinite(systemOfChildren)) return undefined;
  return {
    own: (user! + system!) / TICKS_PER_SECOND,
    ofChildren: (userOfChildren! + systemOfChildren) / TICKS_PER_SECOND,
  };
}

/** Memory of one process out of `/proc/PID/status`, in MB of 1,000,000 bytes: now, and at its most. */
export function parseMemory(text: string): { readonly nowMb: number; readonly peakMb: number } | undefined {
  const mb = (name: string) => {
    const kib = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
    return kib === undefined ? undefined : (Number(kib) * 1_024) / 1e6;
  };
  const nowMb = mb('VmRSS');
  return nowMb === undefined ? undefined : { nowMb, peakMb: mb('VmHWM') ?? nowMb };
}
