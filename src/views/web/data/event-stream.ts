import { hostNow } from './host-clock.ts';
import type { HostState } from './types.ts';

/** The host sends a ping every 15 s; without anything for this long the line is taken for dead. */
const DEAD_AFTER_MS = 40_000;
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000] as const;
const RECORD_EVENTS = ['task', 'message', 'session', 'server', 'assignment', 'run'] as const;

export type RecordEvent = (typeof RECORD_EVENTS)[number];

export interface EventStreamOptions {
  /** Everything up to this seq is known already. */
  readonly after: number;
  onRecord(type: RecordEvent, record: unknown): void;
  /** How the host stands: first when the line is there, then with every change. */
  onHost(state: HostState): void;
  /** The host cannot replay what was missed: fetch everything again. */
  onResync(): void;
  /** `undefined` when the line is live, else since when it is not (ms, the host's clock). */
  onLine(lostAt: number | undefined): void;
}

export interface EventStream {
  /** Connects anew at once, and goes on after the last seq seen. */
  reconnect(): void;
  close(): void;
}

/**
 * Follows the live feed of the host. Reconnecting is in our own hands and not left to EventSource: it gives up
 * after an HTTP error, and does not notice a line that died in its sleep.
 */
export function openEventStream(options: EventStreamOptions): EventStream {
  let after = options.after;
  let source: EventSource | undefined;
  let heardAt = Date.now();
  let lost = false;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;

  function heard(event?: MessageEvent): void {
    heardAt = Date.now();
    const seq = Number(event?.lastEventId);
    if (seq > after) after = seq;
    if (failures === 0 && !lost) return;
    failures = 0;
    lost = false;
    options.onLine(undefined);
  }

  function connect(): void {
    clearTimeout(retry);
    source?.close();
    source = new EventSource(`/api/events?after=${after}`);
    source.addEventListener('open', () => heard());
    source.addEventListener('ping', heard);
    source.addEventListener('resync', (event) => {
      heard(event);
      options.onResync();
    });
    source.addEventListener('host', (event) => {
      heard();
      options.onHost(JSON.parse(event.data));
    });
    for (const type of RECORD_EVENTS) {
      source.addEventListener(type, (event) => {
        heard(event);
        options.onRecord(type, JSON.parse(event.data));
      });
    }
    source.addEventListener('error', failed);
  }

  function failed(): void {
    source?.close();
    if (!lost) {
      lost = true;
      options.onLine(hostNow());
    }
    clearTimeout(retry);
    retry = setTimeout(connect, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
    failures += 1;
  }

  const check = (): void => {
    if (!lost && Date.now() - heardAt > DEAD_AFTER_MS) failed();
  };
  const wake = (): void => {
    if (document.visibilityState === 'hidden') return;
    // After a sleep the line may look open and be dead: two missed pings are enough to doubt it.
    if (lost || Date.now() - heardAt > 20_000) connect();
  };
  const watchdog = setInterval(check, 5_000);
  window.addEventListener('online', wake);
  document.addEventListener('visibilitychange', wake);
  window.addEventListener('offline', failed);
  connect();

  return {
    reconnect: connect,
    close() {
      source?.close();
      clearTimeout(retry);
      clearInterval(watchdog);
      window.removeEventListener('online', wake);
      window.removeEventListener('offline', failed);
      document.removeEventListener('visibilitychange', wake);
    },
  };
}
