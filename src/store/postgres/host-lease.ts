import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../base/errors.ts';
import type { HostChannel } from './host-channel.ts';

/** Who shows no beat for so long is taken for gone. */
export const LAPSE_MS = 7_000;
const PAUSE_MS = 250;
/** By the clock of the database, so that clocks of hosts that differ do no harm. */
const NOW = `(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** A connection that is asked one question after the other. */
type Asks = Pick<HostChannel, 'query'>;

/**
 * Makes a host one of those that are there, and its own again what it left when it was last. Waits for a host that is
 * taking over what it left.
 * @param place machine and data folder, so that two hosts with one copied folder do not pass for the same
 * @returns its epoch, for the fence
 * @throws {AppError} `host_running`
 */
export async function joinHosts(
  client: Asks,
  id: string,
  place: string,
  patienceMs = LAPSE_MS + 1_000,
): Promise<number> {
  await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [lockName(id)]);
  try {
    for (let waitedMs = 0; ; waitedMs += PAUSE_MS) {
      const { rows } = await client.query<{ epoch: string }>(
        `insert into hosts (id, place, epoch, state) values ($1, $2, 1, 'here')
         on conflict (id) do update set place = excluded.place, epoch = hosts.epoch + 1, state = 'here'
           where hosts.place = excluded.place or hosts.state = 'gone'
             or not exists (select 1 from host_beats where id = hosts.id and beat_ms >= ${NOW} - ${LAPSE_MS})
         returning epoch`,
        [id, place],
      );
      if (rows[0] !== undefined) {
        await client.query(
          `insert into host_beats (id, beat_ms) values ($1, ${NOW})
           on conflict (id) do update set beat_ms = excluded.beat_ms`,
          [id],
        );
        return Number(rows[0].epoch);
      }
      if (waitedMs >= patienceMs)
        throw new AppError(
          'host_running',
          'A host with the identity of this data folder runs elsewhere on this database; the folder seems to be a copy. Remove the file host-id from it.',
        );
      await pause(PAUSE_MS);
    }
  } finally {
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [lockName(id)]);
  }
}

/** What a host that was alone with the database has left belongs to the first that shares it. */
export async function adoptUnowned(client: Asks, id: string): Promise<void> {
  for (const table of ['tasks', 'messages', 'runs', 'spawns'])
    await client.query(`update ${table} set host = $1 where host = ''`, [id]);
}

/** Shows that a host is there. @returns whether it still is for the others, and who is there */
export async function beat(
  client: Asks,
  id: string,
  epoch: number,
): Promise<{ readonly isHere: boolean; readonly here: readonly string[] }> {
  const done = await client.query(
    `update host_beats set beat_ms = ${NOW}
     where id = $1 and exists (select 1 from hosts where id = $1 and epoch = $2 and state = 'here')`,
    [id, epoch],
  );
  const { rows } = await client.query<{ id: string }>(
    `select id from hosts join host_beats using (id)
     where state = 'here' and beat_ms >= ${NOW} - ${LAPSE_MS} order by id`,
  );
  return { isHere: done.rowCount === 1, here: rows.map((row) => row.id) };
}

/** Those that have just been found gone, and those that left something which nobody has taken over to the end. */
export async function goneHosts(client: Asks, id: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select hosts.id from hosts join host_beats using (id)
     where hosts.id <> $1 and ((state = 'here' and beat_ms < ${NOW} - ${LAPSE_MS}) or (state = 'gone' and (
       exists (select 1 from tasks where host = hosts.id and status in ('working', 'input_required'))
       or exists (select 1 from tasks where host = hosts.id and delivery_state = 'pending' and ended_at is not null)
       or exists (select 1 from messages where host = hosts.id and has_open_call = 1)
       or exists (select 1 from runs where host = hosts.id and state = 'running'))))
     order by hosts.id`,
    [id],
  );
  return rows.map((row) => row.id);
}

/**
 * Does something while no other host does it, and while the host that it is about cannot come back.
 * @returns whether it was done
 */
export async function holding(client: Asks, gone: string, work: () => Promise<void>): Promise<boolean> {
  const name = [lockName(gone)];
  const { rows } = await client.query<{ held: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
    name,
  );
  if (rows[0]?.held !== true) return false;
  try {
    await work();
  } finally {
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', name);
  }
  return true;
}

const lockName = (id: string): string => `meanwhile host ${id}`;
