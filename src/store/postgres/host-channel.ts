import pg from 'pg';
import type { Clock } from '../../base/clock.ts';

const CHANNEL = 'meanwhile';
const AGAIN_MS = 500;
/** What PostgreSQL takes in one notification, with some room. */
export const MOST_BYTES = 7_900;

/** A connection of its own over which hosts hear of each other, and which holds their locks. */
export interface HostChannel {
  /** @throws the driver's error; nothing has been told then */
  tell(text: string): Promise<void>;
  /** Asks over this connection, one question after the other. @throws the driver's error, or that there is none */
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>>;
  close(): Promise<void>;
}

/**
 * Opens the connection, and opens it again whenever it breaks.
 * @param heard is called with what others, and we ourselves, tell
 * @param opened is called after each opening but the first: what was told in between has not been heard
 */
export async function openChannel(parts: {
  url: string;
  clock: Clock;
  heard: (text: string) => void;
  opened: () => void;
}): Promise<HostChannel> {
  const { url, clock, heard, opened } = parts;
  let client: pg.Client | undefined;
  let callOff = () => {};
  let opening: Promise<void> | undefined;
  let before: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  async function open(): Promise<void> {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'meanwhile hosts',
      keepAlive: true,
    });
    next.on('error', () => {}); // told by 'end'
    next.on('notification', ({ payload = '' }) => heard(payload));
    try {
      await next.connect();
      await next.query(`listen ${CHANNEL}`);
    } catch (error) {
      await next.end().catch(() => {});
      throw error;
    }
    if (isClosed) return next.end();
    client = next;
    next.once('end', () => {
      client = undefined;
      again();
    });
  }

  function again(): void {
    if (isClosed) return;
    callOff = clock.after(AGAIN_MS, () => {
      opening = open().then(opened, again);
    });
  }

  function query<Row extends pg.QueryResultRow>(
    text: string,
    values: unknown[] = [],
  ): Promise<pg.QueryResult<Row>> {
    const asked = before.then(() => {
      if (client === undefined)
        throw new Error('The connection over which hosts hear of each other is broken.');
      return client.query<Row>(text, values);
    });
    before = asked.catch(() => {});
    return asked;
  }

  await open();
  return {
    query,
    async tell(text) {
      await query('select pg_notify($1, $2)', [CHANNEL, text]);
    },
    async close() {
      isClosed = true;
      callOff();
      await opening;
      await client?.end().catch(() => {});
    },
  };
}
