import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { answer } from '../rig/answer.ts';

/* The raw MCP client that only counts the progress of its calls. */

const client = new Client({ name: 'raw', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });

answer(
  {
    start: (server: { command: string; args: string[] }) => client.connect(new StdioClientTransport(server)),
    /** @returns how many notifications it was shown, and how long that took from the first sending on */
    async count(input: { calls: number; updates: number; ratePerSecond: number }) {
      let received = 0;
      const results = await Promise.all(
        Array.from({ length: input.calls }, () =>
          client.callTool({ name: 'report', arguments: { ...input } }, { onprogress: () => received++ }),
        ),
      );
      const endedAt = performance.timeOrigin + performance.now();
      const [first] = results[0]?.content ?? [];
      const { startedAt } = JSON.parse(first?.type === 'text' ? first.text : '{}');
      return { received, ms: endedAt - startedAt };
    },
  },
  () => client.close(),
);
