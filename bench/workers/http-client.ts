import { Client } from 'undici';
import { answer } from '../rig/answer.ts';
import { timed } from '../rig/timed.ts';

/* One keep-alive connection, as a program that uses the API has it. */

interface Batch {
  readonly url: string;
  readonly token?: string;
  readonly method?: 'GET' | 'POST';
  /** One after the other, from the first again where there are fewer than `count`. */
  readonly paths: readonly string[];
  readonly body?: unknown;
  readonly count: number;
}

const clients = new Map<string, Client>();

async function request({ url, token, method = 'GET', body }: Batch, path: string): Promise<string> {
  const client = clients.get(url) ?? new Client(url);
  clients.set(url, client);
  const answered = await client.request({
    path,
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answered.body.text();
  if (answered.statusCode >= 300) throw new Error(`${method} ${path}: ${answered.statusCode} ${text}`);
  return text;
}

answer(
  {
    timed: (batch: Batch) =>
      timed(batch.count, async (index) =>
        JSON.parse(await request(batch, batch.paths[index % batch.paths.length] ?? '/')),
      ),
    once: async (batch: Omit<Batch, 'count'>) =>
      JSON.parse(await request({ ...batch, count: 1 }, batch.paths[0] ?? '/')),
    /** All at once, over connections of their own. */
    async together(batch: Batch) {
      const all = Array.from({ length: batch.count }, async () => {
        const response = await fetch(`${batch.url}${batch.paths[0]}`, {
          method: batch.method,
          headers: { authorization: `Bearer ${batch.token}`, 'content-type': 'application/json' },
          body: JSON.stringify(batch.body),
        });
        if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
        return response.json();
      });
      return Promise.all(all);
    },
  },
  async () => {
    await Promise.all([...clients.values()].map((client) => client.close()));
  },
);
