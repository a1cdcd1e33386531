import type { Clock } from '../../../base/clock.ts';

/** Pauses that can be cut short. */
export function pauses(clock: Clock): { pause(ms: number): Promise<void>; wake(): void } {
  let wake = () => {};
  return {
    pause: (ms) =>
      new Promise((resolve) => {
        const callOff = clock.after(ms, resolve);
        wake = () => {
          callOff();
          resolve();
        };
      }),
    wake: () => wake(),
  };
}
