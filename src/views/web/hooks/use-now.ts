import { useSyncExternalStore } from 'react';
import { ticking } from '../data/host-clock.ts';

const never = () => () => {};

/** The host's time in ms. Ticks each second while `live`; otherwise it is read once and stands. */
export function useNow(live: boolean): number {
  return useSyncExternalStore(live ? ticking.subscribe : never, ticking.get);
}
