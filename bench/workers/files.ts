import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { answer } from '../rig/answer.ts';
import { ROOT } from '../rig/paths.ts';

/* The files server in a process of its own, used by the raw client. */

const client = new Client({ name: 'bench', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });

answer(
  {
    start: ({ folder }: { folder: string }) =>
      client.connect(
        new StdioClientTransport({
          command: process.execPath,
          args: [join(ROOT, 'servers/files/main.ts'), '--folder', folder, '--state', join(folder, 'state')],
        }),
      ),
    async sync({ source, destination }: { source: string; destination: string }) {
      const args = { source, destination, mode: 'mirror' };
      const result = await client.callTool({ name: 'sync', arguments: args }, { timeout: 600_000 });
      if (result.isError) throw new Error(JSON.stringify(result.content).slice(0, 1_000));
      return (result.structuredContent as { verified: unknown }).verified;
    },
  },
  () => client.close(),
);
