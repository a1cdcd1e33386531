import pg from 'pg';
import { type Clock, systemClock } from '../../base/clock.ts';
import { AppError } from '../../base/errors.ts';
import { createStore, type Sharing } from '../create-store.ts';
import type { LogCaps } from '../log-caps.ts';
import { migrate } from '../migrate.ts';
import type { Store } from '../ports.ts';
import { announceCommits } from './announce-commits.ts';
import { openChannel } from './host-channel.ts';
import { adoptUnowned, joinHosts } from './host-lease.ts';
import { createRoster, type HostLetter, type OpenRoster } from './host-roster.ts';
import { type Fence, postgresDatabase } from './postgres-database.ts';
import { postgresDialect } from './postgres-dialect.ts';
import { postgresError } from './postgres-errors.ts';
import { type SharedChanges, shareChanges } from './shared-changes.ts';

/** One writes, the others read. */
const MAX_CONNECTIONS = 8;
const CONNECT_TIMEOUT_MS = 10_000;
const INT8 = 20;

export interface PostgresStoreOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  readonly log?: LogCaps;
  /** Shares the database with other hosts; left out, the store is for a program that is alone with it. */
  readonly host?: HostIdentity;
  readonly clock?: Clock;
}

export interface HostIdentity {
  /** Letters, digits and `_`. */
  readonly id: string;
  /** Machine and data folder. */
  readonly place: string;
}

/** What other hosts hear over the channel. */
type Told = HostLetter | { readonly type: 'commit'; readonly from: string; readonly seq: number };

/**
 * Opens the store in a PostgreSQL database (15 or newer), and makes or migrates it first where needed.
 * @throws {AppError} `store_foreign`, `store_newer`, `store_read_only`, `store_full`, `store_failed`, `host_running`
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { url, log, host } = options;
  let fence: { current: Fence } | undefined;
  const database = postgresDatabase(connect(url), () => fence?.current);
  try {
    await migrate(database, postgresDialect);
    if (host === undefined) return await createStore(database, postgresDialect, log);
    return await openShared(database, { ...options, host }, (entered) => {
      fence = entered;
    });
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function openShared(
  database: ReturnType<typeof postgresDatabase>,
  { url, log, host, clock = systemClock }: PostgresStoreOptions & { host: HostIdentity },
  enter: (fence: { current: Fence }) => void,
): Promise<Store> {
  // It stands in a statement as it is.
  if (!/^\w{1,100}$/.test(host.id)) throw new Error(`“${host.id}” is no identity of a host.`);
  let shared: SharedChanges | undefined;
  let roster: OpenRoster | undefined;
  const channel = await openChannel({
    url,
    clock,
    heard(text) {
      const told = toldIn(text);
      if (told === undefined) return;
      if (told.type !== 'commit') roster?.heard(told);
      else if (told.from !== host.id) shared?.hint(told.seq);
    },
    opened: () =>
      void store.changes
        .head()
        .then((head) => shared?.hint(head))
        .catch(() => {}),
  }).catch((error) => {
    throw postgresError(error);
  });
  const fence = { current: { host: host.id, epoch: 0 } };
  let store: Store;
  let announcing: { close(): Promise<void> } | undefined;
  try {
    fence.current = { host: host.id, epoch: await joinHosts(channel, host.id, host.place) };
    enter(fence);
    await adoptUnowned(channel, host.id);
    const sharing: Sharing = {
      host: host.id,
      follow({ writer, changes, head }) {
        shared = shareChanges({ writer, changes }, head, clock);
        const told = (seq: number) => JSON.stringify({ type: 'commit', from: host.id, seq } satisfies Told);
        announcing = announceCommits({ writer, tell: (seq) => channel.tell(told(seq)), clock });
        return shared;
      },
      roster(takeOver) {
        roster = createRoster({ channel, fence, place: host.place, takeOver, clock });
        return roster;
      },
    };
    store = await createStore(database, postgresDialect, log, sharing);
  } catch (error) {
    await channel.close();
    throw error instanceof AppError ? error : postgresError(error);
  }
  return {
    ...store,
    async close() {
      await roster?.close();
      await announcing?.close();
      await shared?.close();
      await channel.close();
      await store.close();
    },
  };
}

/** Whoever may write to the database may tell things, so what is none of ours is passed over. */
function toldIn(text: string): Told | undefined {
  try {
    const told = JSON.parse(text) as Partial<Told> | null;
    const isCommit = told?.type === 'commit' && Number.isSafeInteger(told.seq);
    const isOurs = isCommit || told?.type === 'ask' || told?.type === 'answer';
    return isOurs ? (told as Told) : undefined;
  } catch {
    return undefined;
  }
}

/** @throws {AppError} `store_failed` for an address that cannot be read */
export function connect(url: string): pg.Pool {
  if (!URL.canParse(url))
    throw new AppError('store_failed', 'The address must look like postgres://user:password@host:5432/name.');
  const pool = new pg.Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'meanwhile',
    types: { getTypeParser },
  });
  // An idle connection that breaks is replaced at the next use; who needs it then learns of what is wrong.
  pool.on('error', () => {});
  return pool;
}

/** Our integers fit into a number; PostgreSQL's int8 would come as text. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format as 'text');
