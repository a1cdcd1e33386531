import type { ChildProcess } from 'node:child_process';

const GRACE_MS = 8_000;

/** Asks a child process to end and waits until it has; insists after a while. */
export async function ending(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const insist = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  if (child.connected) child.disconnect();
  else child.kill(signal);
  await exited;
  clearTimeout(insist);
}
