import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, ProtocolError } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { createServing } from '../serving/serving.ts';
import { createToolServer } from '../serving/tool-server.ts';
import { defineTool } from '../tool.ts';
import type { Answer, Work } from '../work.ts';

/*
 * The tools that the official conformance suite calls to test tasks of a server, on what the bundled servers share.
 * Without a token, because the suite brings none. Prints its address.
 */

const output = z.object({ said: z.string() });
const annotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};
const say = (said: string, isError = false) => ({ text: said, data: { said }, isError });

function tool<Shape extends z.ZodRawShape>(
  name: string,
  shape: Shape,
  run: (args: z.infer<z.ZodObject<Shape>>, work: Work) => Promise<ReturnType<typeof say>>,
  isLong = true,
) {
  const common = { title: name, description: `For the suite: ${name}.`, output, annotations, isLong };
  return defineTool({ name, input: z.object(shape) as never, run: run as never, ...common });
}

const field = (name: string, type: string) => ({
  type: 'object' as const,
  properties: { [name]: { type } },
  required: [name],
});
const given = (answer: Answer, name: string) =>
  answer.action === 'accept' ? answer.content[name] : undefined;

const tools = [
  tool('greet', { name: z.string().optional() }, async ({ name }) => say(`Hello, ${name}!`), false),
  tool(
    'slow_compute',
    { seconds: z.number().default(1), label: z.string().optional() },
    async ({ seconds }, work) => {
      await pause(seconds * 1_000, undefined, { signal: work.signal }).catch(() => {});
      if (work.signal.aborted) return say('stopped', true);
      return say(`computed in ${seconds} s`);
    },
  ),
  tool('failing_job', {}, async () => say('the tool failed', true)),
  tool('protocol_error_job', {}, async () => {
    throw new ProtocolError(-32603, 'boom');
  }),
  tool('confirm_delete', { filename: z.string().optional() }, async ({ filename }, work) => {
    const answer = await work.ask('confirm', {
      message: `Delete ${filename}?`,
      schema: field('confirm', 'boolean'),
    });
    return say(given(answer, 'confirm') === true ? `deleted ${filename}` : `kept ${filename}`);
  }),
  tool('multi_input', {}, async (_args, work) => {
    const answers = await Promise.all([
      work.ask('name', { message: 'name?', schema: field('name', 'string') }),
      work.ask('confirm', { message: 'confirm?', schema: field('confirm', 'boolean') }),
    ]);
    return say(JSON.stringify(answers));
  }),
];

const definition = { name: 'conformance', title: 'Conformance', version: '1.0.0', tools };
const serving = createServing(definition, { transport: 'http', tasks: 'always' });
const handler = createMcpHandler(({ era }) => createToolServer(serving, era, false));
const server = createServer(toNodeHandler(handler)).listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
