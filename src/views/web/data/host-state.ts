import { createObservable } from './observable.ts';
import type { HostState } from './types.ts';

export const RUNNING: HostState = { state: 'running', waitsFor: 0, restart: null };

/** Whether the host runs, waits to stop, or stops; and whether there is an account of a restart to show. */
export const hostState = createObservable<HostState>(RUNNING);
