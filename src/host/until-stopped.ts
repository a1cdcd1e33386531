import { stopPlanLines } from '../views/cli/render/stop-plan-lines.ts';
import type { RunningHost } from './start-host.ts';

/** npm hands a Ctrl-C on to us that the terminal has sent us too: what comes so soon is the same press. */
export const ONE_PRESS_MS = 400;

/**
 * Runs until the host has closed. Ctrl-C waits first for work that a stop would cut off, pressed again it stops at
 * once; SIGTERM and SIGHUP always stop at once. Told once more while it closes, the process is gone; the next start
 * then accounts for what was cut off.
 */
export async function untilStopped(
  running: Pick<RunningHost, 'stopping' | 'close' | 'closed'>,
  say: (text: string) => void,
): Promise<void> {
  const { stopping } = running;
  const isSameInterrupt = samePress();
  const isSameTerm = samePress();
  let waiting = false;

  const close = () => void running.close().catch(() => {}); // told by `closed`
  const stopNow = () => {
    if (stopping.state().state === 'stopping') process.exit(130);
    close();
  };
  const interrupt = async () => {
    if (isSameInterrupt()) return;
    if (waiting || stopping.state().state === 'stopping') return stopNow();
    waiting = true; // also when somebody else asked for it: here it has not been seen yet
    const plan = await stopping.stop(true, Promise.resolve());
    if (plan.host.waitsFor === 0) return;
    say(`\n${stopPlanLines(plan).join('\n')}\n\n`);
    say(
      'Stops when what would be cut off has ended; nothing new is started. Press Ctrl-C again to stop now.\n',
    );
  };
  const onInterrupt = () => void interrupt().catch(close);

  const onTerm = () => {
    if (!isSameTerm()) stopNow();
  };

  let told = 0;
  const unfollow = stopping.onChange(() => {
    const { state, waitsFor } = stopping.state();
    if (state === 'stopping') say('Stopping: running work is ended and accounted for …\n');
    if (state === 'running' && waiting) {
      waiting = false;
      say('It goes on, as somebody asked.\n');
    }
    if (state === 'waiting' && told > waitsFor) say(`Waiting for ${waitsFor} more …\n`);
    told = waitsFor;
  });
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerm);
  process.on('SIGHUP', onTerm);
  try {
    await running.closed;
  } finally {
    unfollow();
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTerm);
    process.off('SIGHUP', onTerm);
  }
}

/** Whether this press follows so soon on the one before that it is the same. */
function samePress(): () => boolean {
  let pressedAt = Number.NEGATIVE_INFINITY;
  return () => {
    const before = pressedAt;
    pressedAt = performance.now();
    return pressedAt - before < ONE_PRESS_MS;
  };
}
