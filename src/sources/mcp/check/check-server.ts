import { newId } from '../../../base/ids.ts';
import type { Tool } from '../../../store/records.ts';
import { isUsableSchema } from '../calls/validate-arguments.ts';
import type { Negotiated } from '../connection/open-connection.ts';
import type { OpenConnection } from '../drivers/driver.ts';
import { StdioGroupTransport } from '../transport/stdio-group-transport.ts';
import { RpcFault } from '../wire/own-requests.ts';
import type { Checklist } from './checklist.ts';
import { secondsOf } from './checklist.ts';

const ANSWER_MS = 10_000;

const GENERATIONS = {
  plain: 'calls only, no tasks',
  v1: 'tasks of 2025-11-25',
  v2: 'the tasks extension of 2026-07-28',
} as const;

/** What can be seen of a server without using any of its tools. */
export async function checkServer({ connection, tools }: Negotiated, list: Checklist): Promise<void> {
  list.ok('version', `MCP ${connection.protocolVersion}, ${GENERATIONS[connection.generation]}.`);
  checkTools(tools, list);
  await checkUnknownTool(connection, list);
  await checkPing(connection, list);
}

function checkTools(tools: readonly Tool[], list: Checklist) {
  if (tools.length === 0) return list.warning('tools', 'It offers no tools.');
  const unusable = tools.filter(({ inputSchema }) => !isUsableSchema(inputSchema)).map(({ name }) => name);
  if (unusable.length > 0)
    return list.warning(
      'tools',
      `The schema of these cannot be used, so their arguments are not checked: ${unusable.join(', ')}.`,
    );
  list.ok(
    'tools',
    `${tools.length} ${tools.length === 1 ? 'tool' : 'tools'}, each with a schema that can be used.`,
  );
}

/** A server that leaves a call without an answer would leave a task running for ever. */
async function checkUnknownTool({ tap }: OpenConnection, list: Checklist): Promise<void> {
  const what = 'unknown tool';
  try {
    const params = { name: `no_such_tool_${newId('call')}`, arguments: {} };
    const result = await tap.request('tools/call', params, { timeoutMs: ANSWER_MS });
    if (result.isError === true) list.ok(what, 'A tool that it does not have is answered with an error.');
    else list.warning(what, 'A tool that it does not have is answered as if it had done something.');
  } catch (error) {
    if (error instanceof RpcFault) list.ok(what, 'A tool that it does not have is answered with an error.');
    else list.failed(what, `A tool that it does not have gets no answer: ${(error as Error).message}`);
  }
}

async function checkPing({ client, tap }: OpenConnection, list: Checklist): Promise<void> {
  if (client.getProtocolEra() === 'modern') return list.skipped('ping', 'This version has none.');
  const startedMs = performance.now();
  try {
    await tap.request('ping', {}, { timeoutMs: ANSWER_MS });
    list.ok('ping', `Answered after ${secondsOf(performance.now() - startedMs)}.`);
  } catch (error) {
    list.warning('ping', `Not answered: ${(error as Error).message}`);
  }
}

/** Closes the connection, and tells what the server left for us to end. */
export async function checkClosing({ connection, close }: Negotiated, list: Checklist): Promise<void> {
  const { transport } = connection;
  await close();
  if (!(transport instanceof StdioGroupTransport))
    return list.skipped('closing', 'Its processes are not on this machine, or not ours.');
  const left = transport.endedByUs ?? 0;
  if (left === 0)
    list.ok('closing', 'It ends by itself when its input is closed, and nothing of it is left.');
  else
    list.warning(
      'closing',
      `When its input was closed ${left} ${left === 1 ? 'process' : 'processes'} of it went on and had to be ended. Nothing is left now.`,
    );
}
