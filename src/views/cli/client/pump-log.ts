import { setTimeout as wait } from 'node:timers/promises';
import type { LogEntry } from '../../../store/records.ts';
import type { LogPage } from '../../api/contract/types.ts';
import { ask } from './ask.ts';
import type { Host } from './find-host.ts';

const PAGE = 1_000;
const EVERY_MS = 1_000;

/** A page of a task's log, as the API sends it. */
export const logPage = (host: Host, taskId: string, after: number) =>
  ask<LogPage>(host, `/api/tasks/${encodeURIComponent(taskId)}/log`, { query: { after, limit: PAGE } });

/** All entries after a number, page by page. */
export async function* readLog(
  host: Host,
  taskId: string,
  after: number,
): AsyncGenerator<readonly LogEntry[]> {
  for (let at = after; ; ) {
    const { body } = await logPage(host, taskId, at);
    if (body.entries.length > 0) yield body.entries;
    if (body.entries.length < PAGE) return;
    at = body.nextAfter;
  }
}

export interface LogPump {
  /** Reads what is left and stops. */
  finish(): Promise<void>;
}

/**
 * Asks for new log entries once a second, for the live feed does not carry them. While the host is away it
 * keeps asking.
 */
export function pumpLog(
  find: () => Promise<Host>,
  taskId: string,
  from: number,
  show: (entries: readonly LogEntry[]) => void,
): LogPump {
  const stop = new AbortController();
  let after = from;
  const readOn = async () => {
    for await (const entries of readLog(await find(), taskId, after)) {
      show(entries);
      after = entries.at(-1)?.n ?? after;
    }
  };
  const running = (async () => {
    while (!stop.signal.aborted) {
      await readOn().catch(() => {});
      await wait(EVERY_MS, undefined, { signal: stop.signal }).catch(() => {});
    }
  })();
  return {
    async finish() {
      stop.abort();
      await running;
      await readOn().catch(() => {});
    },
  };
}
