import { Client, type Tool as McpTool } from '@modelcontextprotocol/client';
import type { Clock } from '../../../base/clock.ts';
import type { SpawnLedger } from '../../../store/ports.ts';
import type { Tool } from '../../../store/records.ts';
import type { ServerEntry } from '../../server-entry.ts';
import type { Generation, OpenConnection } from '../drivers/driver.ts';
import { watchReachable } from '../transport/reachability.ts';
import { StdioGroupTransport } from '../transport/stdio-group-transport.ts';
import { CLIENT_CAPABILITIES, CLIENT_INFO, requestMeta, TASKS_EXTENSION } from '../wire/protocol.ts';
import { tapWire } from '../wire/wire-tap.ts';
import { describeTarget } from './target.ts';

const PROBE_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 30_000;
const MAX_FRAME_BYTES = 32 * 1024 * 1024;

/** A connection that is ready for calls, and what was learned while it was opened. */
export interface Opened {
  readonly connection: OpenConnection;
  readonly serverVersion?: string;
  readonly tools: readonly Tool[];
  close(): Promise<void>;
}

/**
 * Connects to one server, negotiates the protocol version, and reads its tools.
 * @param entry expanded: no `${VAR}` left
 * @throws {Error} what went wrong, in words; nothing is left of the attempt
 */
export async function openConnection(
  name: string,
  entry: ServerEntry,
  hooks: {
    readonly ledger: SpawnLedger;
    readonly clock: Clock;
    readonly onStderr: (chunk: Buffer | string) => void;
    readonly onTools: (tools: readonly Tool[]) => void;
    readonly signal: AbortSignal;
  },
): Promise<Opened> {
  const ended = Promise.withResolvers<string>();
  const onSessionLost = () => ended.resolve('The server was restarted and no longer knows our session.');
  const { transport, kind, endSession, dispose } = await makeTransport(name, entry, {
    ...hooks,
    onSessionLost,
  });
  const tap = tapWire(transport, kind === 'stdio');
  const client = new Client(CLIENT_INFO, {
    capabilities: CLIENT_CAPABILITIES,
    inputRequired: { autoFulfill: false }, // questions wait for people, and survive us: we ask on ourselves
    versionNegotiation: { mode: 'auto', probe: { timeoutMs: PROBE_TIMEOUT_MS } },
    listChanged: {
      tools: {
        onChanged: (error, changed) => {
          if (error !== null || changed === null) return;
          tools = changed.map(toolOf);
          hooks.onTools(tools);
        },
      },
    },
  });
  client.onerror = (error) => hooks.onStderr(`[meanwhile] ${error.message}\n`);
  client.onclose = () => ended.resolve(describeEnd(transport));
  void ended.promise.then(tap.hangUp);
  let tools: readonly Tool[] = [];

  let unwatch = () => {};
  let closed: Promise<void> | undefined;

  /** However many ask, it is closed once. */
  function close(): Promise<void> {
    closed ??= closeAll();
    return closed;
  }

  async function closeAll() {
    unwatch();
    if (!tap.keepsSession) await endSession();
    await client.close().catch(() => {});
    await transport.close().catch(() => {});
    await dispose();
  }
  const abort = () => void close();
  hooks.signal.addEventListener('abort', abort, { once: true });
  try {
    await client.connect(transport, { timeout: CONNECT_TIMEOUT_MS });
    // A server may have none; asked all the same, the SDK would say so on our output.
    const hasTools = client.getServerCapabilities()?.tools !== undefined;
    if (hasTools)
      tools = (await client.listTools(undefined, { timeout: CONNECT_TIMEOUT_MS })).tools.map(toolOf);
    const protocolVersion = client.getNegotiatedProtocolVersion() ?? 'unknown';
    if (client.getProtocolEra() === 'modern') tap.speak(requestMeta(protocolVersion));
    if (entry.url !== undefined)
      unwatch = watchReachable(entry.url, {
        clock: hooks.clock,
        isBusy: tap.isBusy,
        gone: () => ended.resolve(`Nothing answers at ${describeTarget(entry)}.`),
      });
    return {
      connection: {
        client,
        transport,
        tap,
        server: name,
        kind,
        protocolVersion,
        tools: () => tools,
        generation: generationOf(client),
        ended: ended.promise,
      },
      serverVersion: client.getServerVersion()?.version,
      tools,
      close,
    };
  } catch (error) {
    await close();
    const exit = transport instanceof StdioGroupTransport ? transport.exit : undefined;
    throw exit === undefined || (exit.code === null && exit.signal === 'SIGTERM')
      ? inWords(error, entry)
      : new Error(describeEnd(transport), { cause: error });
  } finally {
    hooks.signal.removeEventListener('abort', abort);
  }
}

async function makeTransport(
  name: string,
  entry: ServerEntry,
  hooks: { ledger: SpawnLedger; onStderr: (chunk: Buffer | string) => void; onSessionLost: () => void },
) {
  if (entry.url !== undefined) {
    const { httpTransport } = await import('../transport/http-transport.ts'); // large, and not all need it
    return { ...httpTransport(entry.url, entry.headers ?? {}, hooks.onSessionLost), kind: 'http' as const };
  }
  const transport = new StdioGroupTransport({
    command: entry.command ?? '',
    args: entry.args ?? [],
    env: entry.env ?? {},
    cwd: entry.cwd,
    server: name,
    maxFrameBytes: MAX_FRAME_BYTES,
    ledger: hooks.ledger,
    onStderr: hooks.onStderr,
    onStray: (text, reason) =>
      hooks.onStderr(
        `[meanwhile] ${reason === 'not_json' ? 'not a JSON-RPC message' : 'message too long'}: ${text}\n`,
      ),
  });
  return { transport, kind: 'stdio' as const, endSession: async () => {}, dispose: async () => {} };
}

function describeEnd(transport: object): string {
  const exit = transport instanceof StdioGroupTransport ? transport.exit : undefined;
  if (exit === undefined) return 'The connection to the server ended.';
  return exit.signal === null
    ? `The server exited with status ${exit.code}.`
    : `The server was ended by the signal ${exit.signal}.`;
}

function inWords(error: unknown, entry: ServerEntry): Error {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && entry.command !== undefined)
    return new Error(`There is no program “${entry.command}”.`, { cause: error });
  if (code === 'EACCES') return new Error(`“${entry.command}” may not be executed.`, { cause: error });
  const root = rootCause(error);
  if (root.code === 'ECONNREFUSED')
    return new Error(`Nothing answers at ${describeTarget(entry)}.`, { cause: error });
  if (root.code === 'ENOTFOUND' || root.code === 'EAI_AGAIN')
    return new Error(`The host of ${describeTarget(entry)} is not known.`, { cause: error });
  const message = (error as Error).message ?? String(error);
  return new Error(root === error ? message : `${message} (${root.message})`, { cause: error });
}

/** What is at the bottom of an error: the SDK and fetch wrap what the system said. */
function rootCause(error: unknown): NodeJS.ErrnoException {
  let root = error as NodeJS.ErrnoException;
  for (let depth = 0; depth < 10; depth++) {
    const { cause, data } = root as { cause?: unknown; data?: { cause?: unknown } };
    const next = cause ?? data?.cause;
    if (!(next instanceof Error)) break;
    root = next;
  }
  return root;
}

/** Which generation of long work a server speaks, from what it declared. */
function generationOf(client: Client): Generation {
  const capabilities = client.getServerCapabilities();
  if (client.getProtocolEra() === 'modern')
    return capabilities?.extensions?.[TASKS_EXTENSION] === undefined ? 'plain' : 'v2';
  return capabilities?.tasks?.requests?.tools?.call === undefined ? 'plain' : 'v1';
}

const toolOf = (tool: McpTool): Tool => ({
  name: tool.name,
  title: tool.title ?? tool.annotations?.title,
  description: tool.description,
  inputSchema: tool.inputSchema as Tool['inputSchema'],
  annotations: tool.annotations as Tool['annotations'],
  taskSupport: tool.execution?.taskSupport,
});
