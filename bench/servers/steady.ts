import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import * as z from 'zod';

/*
 * A real MCP server whose tool `report` holds many calls and reports progress on all of them at a given rate, or
 * as fast as the pipe takes it. The SDK speaks the protocol; the notifications are written by hand, because the
 * generator must be faster than what it measures.
 */

interface Held {
  readonly token: string;
  readonly updates: number;
  sent: number;
  done(): void;
}

/** The generator looks this often how many reports are due. */
const TICK_MS = 5;
/** At full speed so many reports of one call are written at a time. */
const BURST = 20;

const held: Held[] = [];
let startedAt = 0;

const nowMs = (): number => performance.timeOrigin + performance.now();

/** The newest `count` reports of one call, as lines of the wire. The message is when it was sent (epoch, ms). */
function lines(call: Held, count: number): string {
  const message = nowMs().toFixed(2);
  let text = '';
  for (const until = Math.min(call.updates, call.sent + count); call.sent < until; ) {
    call.sent += 1;
    text += `{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":${JSON.stringify(call.token)},"progress":${call.sent},"total":${call.updates},"message":"${message}"}}\n`;
  }
  return text;
}

const written = (text: string): Promise<void> =>
  text === '' || process.stdout.write(text)
    ? Promise.resolve()
    : new Promise((resolve) => process.stdout.once('drain', () => resolve()));

/** @param ratePerSecond over all calls together; 0 is as fast as the pipe takes it */
async function run(ratePerSecond: number): Promise<void> {
  const calls = held.splice(0);
  startedAt = nowMs();
  while (calls.length > 0) {
    const each = (((nowMs() - startedAt) / 1_000) * ratePerSecond) / calls.length;
    for (const call of ratePerSecond === 0 ? calls : []) await written(lines(call, BURST));
    if (ratePerSecond > 0)
      await written(calls.map((call) => lines(call, Math.floor(each) - call.sent)).join(''));
    const over = calls.filter(({ sent, updates }) => sent === updates);
    for (const call of over) {
      calls.splice(calls.indexOf(call), 1);
      call.done();
    }
    await new Promise((resolve) =>
      ratePerSecond === 0 ? setImmediate(resolve) : setTimeout(resolve, TICK_MS),
    );
  }
}

function build(): McpServer {
  const server = new McpServer({ name: 'steady', version: '1.0.0' });
  server.registerTool(
    'report',
    {
      description: 'Reports progress at a rate; begins when so many calls are there',
      inputSchema: z.object({
        calls: z.number().int(),
        updates: z.number().int(),
        ratePerSecond: z.number(),
      }),
    },
    async ({ calls, updates, ratePerSecond }, context) => {
      const token = String(context.mcpReq._meta?.progressToken);
      await new Promise<void>((done) => {
        held.push({ token, updates, sent: 0, done });
        if (held.length === calls) void run(ratePerSecond);
      });
      return { content: [{ type: 'text', text: JSON.stringify({ startedAt, endedAt: nowMs() }) }] };
    },
  );
  return server;
}

process.stdout.setMaxListeners(0); // a hundred answers may wait for the pipe at once
serveStdio(build);
