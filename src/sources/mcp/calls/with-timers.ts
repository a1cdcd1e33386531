import type { RunningCall } from '../drivers/driver.ts';

/** Running work whose timers go when we leave it. */
export const withTimers = (running: RunningCall, closeTimers: () => void): RunningCall => ({
  done: running.done,
  over: running.over,
  get survives() {
    return running.survives;
  },
  cancel: () => running.cancel(),
  giveUp: (ending) => running.giveUp(ending),
  stopWaiting: (ending) => running.stopWaiting(ending),
  answer: (answer) => running.answer(answer),
  leave() {
    closeTimers();
    running.leave();
  },
});
