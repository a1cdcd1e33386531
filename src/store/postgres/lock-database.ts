import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { AppError } from '../../base/errors.ts';
import { postgresError } from './postgres-errors.ts';

/** Any number that only we use. */
const HOST_LOCK = 7_190_244_118;
/** The server may need a moment to see that a host which was killed is gone. */
const PATIENCE_MS = 3_000;
const PAUSE_MS = 100;

/**
 * Lets one host at a time into a database: two would each end the work of the other. The lock belongs to a
 * connection of its own and is gone when that is; when the server was restarted it is taken again.
 * @returns the function that gives the lock back
 * @throws {AppError} `host_running`, `store_failed`
 */
export async function lockDatabase(url: string): Promise<() => Promise<void>> {
  let client: pg.Client | undefined;
  let released = false;

  async function take(): Promise<void> {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'meanwhile lock',
      keepAlive: true,
    });
    next.on('error', () => {}); // told by 'end'
    try {
      await next.connect();
      await untilLocked(next);
    } catch (error) {
      await next.end().catch(() => {});
      throw error instanceof AppError ? error : postgresError(error);
    }
    client = next;
    next.once('end', () => {
      if (!released) void retake();
    });
  }

  async function retake(): Promise<void> {
    while (!released) {
      const taken = await take().then(
        () => true,
        () => false,
      );
      if (taken) return;
      await pause(1_000, undefined, { ref: false });
    }
  }

  await take();
  return async () => {
    released = true;
    await client?.end().catch(() => {});
  };
}

async function untilLocked(client: pg.Client): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += PAUSE_MS) {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
      HOST_LOCK,
    ]);
    if (rows[0]?.locked) return;
    if (waitedMs >= PATIENCE_MS)
      throw new AppError(
        'host_running',
        'Another Meanwhile runs on this PostgreSQL database. Stop it first, or name another database with DATABASE_URL.',
      );
    await pause(PAUSE_MS);
  }
}
