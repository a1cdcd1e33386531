import type { ClientBase, Pool, PoolClient, QueryResult } from 'pg';
import { AppError } from '../../base/errors.ts';
import type { Database, Script, Statement } from '../database.ts';
import type { Durability } from '../ports.ts';
import { postgresError } from './postgres-errors.ts';

/** Who writes, where several hosts may: what others have taken for gone writes nothing. */
export interface Fence {
  readonly host: string;
  readonly epoch: number;
}

/**
 * Runs scripts over a pool of connections. Statements with values stay prepared on each, named by their text.
 * @param fence looked at in the journey that begins each transaction, which then holds the row of the host: whoever
 *   takes over from it waits for what it writes, and what it writes afterwards is refused
 */
export function postgresDatabase(pool: Pool, fence: () => Fence | undefined = () => undefined): Database {
  const names = new Map<string, string>();
  const nameOf = (text: string): string => {
    let name = names.get(text);
    if (name === undefined) {
      name = `meanwhile_${names.size}`;
      names.set(text, name);
    }
    return name;
  };

  const execute = async (client: ClientBase, { sql, values }: Statement): Promise<readonly unknown[]> => {
    const query = values.length > 0 ? { name: nameOf(sql), text: sql, values: [...values] } : { text: sql };
    return (await client.query(query)).rows;
  };

  const drive = async <T>(client: ClientBase, script: Script<T>): Promise<T> => {
    let step = script.next();
    while (!step.done) step = script.next(await execute(client, step.value));
    return step.value;
  };

  const inTransaction = async <T>(
    client: PoolClient,
    durability: Durability,
    script: Script<T>,
  ): Promise<T> => {
    const synchronous = durability === 'durable' ? 'on' : 'off';
    const begin = `begin; set local synchronous_commit = ${synchronous}`;
    const we = fence();
    if (we === undefined) await client.query(begin);
    else {
      const look = `select 1 from hosts where id = '${we.host}' and epoch = ${we.epoch} for share`;
      const results = (await client.query(`${begin}; ${look}`)) as unknown as readonly QueryResult[];
      if (results.at(-1)?.rowCount !== 1)
        throw new AppError('host_lapsed', 'Other hosts took this one for gone; it joins them again.');
    }
    const result = await drive(client, script);
    await client.query('commit');
    return result;
  };

  const withClient = async <T>(use: (client: PoolClient) => Promise<T>): Promise<T> => {
    let client: PoolClient | undefined;
    let broken = false;
    try {
      client = await pool.connect();
      return await use(client);
    } catch (error) {
      await client?.query('rollback').catch(() => {
        broken = true; // the connection is gone, and the transaction with it
      });
      throw postgresError(error);
    } finally {
      client?.release(broken);
    }
  };

  return {
    read: (script) => withClient((client) => drive(client, script)),
    write: (durability, script) => withClient((client) => inTransaction(client, durability, script)),
    async close() {
      if (!pool.ended) await pool.end();
    },
  };
}
