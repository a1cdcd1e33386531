import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { systemClock } from '../../src/base/clock.ts';
import { createLogger } from '../../src/base/log.ts';
import { createMcpHub } from '../../src/sources/mcp/hub.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { createTracker } from '../../src/tracker/tracker.ts';
import { answer } from '../rig/answer.ts';
import { type RawTable, rawTable } from '../rig/raw-table.ts';
import { timed } from '../rig/timed.ts';

/*
 * The raw client and the hub side by side in one process, each with a server process of its own. The folder
 * has an mcp.json that names the server `lab`.
 */

interface Batch {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly count: number;
}

const client = new Client({ name: 'raw', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
let table: RawTable;
let hub: ReturnType<typeof createMcpHub>;
let close = async () => {};

answer(
  {
    async start({ folder, command, args }: { folder: string; command: string; args: string[] }) {
      await client.connect(new StdioClientTransport({ command, args }));
      table = rawTable(join(folder, 'raw.db'));
      const log = createLogger('error');
      const store = await openSqliteStore({ file: join(folder, 'meanwhile.db') });
      const tracker = createTracker(store, systemClock, log);
      hub = createMcpHub({
        configPath: join(folder, 'mcp.json'),
        oauth: { folder: join(folder, 'oauth'), redirectUrl: () => '' },
        env: process.env,
        store,
        tracker,
        clock: systemClock,
        log,
      });
      await hub.recover([]);
      await hub.open();
      close = async () => {
        await hub.close();
        await tracker.close();
        await store.close();
      };
    },
    raw: ({ tool, arguments: args, count }: Batch) =>
      timed(count, () => client.callTool({ name: tool, arguments: { ...args } })),
    /** With one row saved before the call and again after it, by bare SQLite: what saving costs at least. */
    rawSaved: ({ tool, arguments: args, count }: Batch) =>
      timed(count, async (index) => {
        const row = { id: `${tool} ${performance.now()} ${index}`, args };
        table.put('normal', [row]);
        const result = await client.callTool({ name: tool, arguments: { ...args } });
        table.put('normal', [{ ...row, result } as typeof row]);
      }),
    hub: ({ tool, arguments: args, count }: Batch) =>
      timed(count, async () => {
        const { result } = await hub.call({
          server: 'lab',
          tool,
          arguments: args,
          sessionId: 'sess_bench',
        });
        if (result === undefined) throw new Error('the call became a task or failed');
      }),
  },
  async () => {
    await client.close();
    table.close();
    await close();
  },
);
