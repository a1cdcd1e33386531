import { Client, type Tool as McpTool, type PriorDiscovery } from '@modelcontextprotocol/client';
import type { Clock } from '../../../base/clock.ts';
import type { SpawnLedger } from '../../../store/ports.ts';
import type { Tool } from '../../../store/records.ts';
import type { ServerEntry } from '../../server-entry.ts';
import type { Generation, OpenConnection } from '../drivers/driver.ts';
import {
  makeTransport,
  type TransportAuthorization,
  type TransportKind,
} from '../transport/make-transport.ts';
import { watchReachable } from '../transport/reachability.ts';
import { StdioGroupTransport } from '../transport/stdio-group-transport.ts';
import { CLIENT_INFO, clientCapabilities, requestMeta, TASKS_EXTENSION } from '../wire/protocol.ts';
import { rootsResult } from '../wire/roots.ts';
import { tapWire } from '../wire/wire-tap.ts';
import { describeEnd } from './connect-errors.ts';
import { describeTarget } from './target.ts';

const PROBE_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 30_000;

/** A connection that is ready for calls, and what was learned while it was opened. */
export interface Opened {
  readonly connection: OpenConnection;
  readonly serverVersion?: string;
  readonly tools: readonly Tool[];
  close(): Promise<void>;
}

/** In which way to connect: over which transport, and as which era, or `ask` to find out. */
export interface Way {
  readonly kind: TransportKind;
  readonly era: PriorDiscovery | 'ask';
}

export interface ConnectHooks {
  readonly ledger: SpawnLedger;
  readonly clock: Clock;
  readonly authorization?: TransportAuthorization | undefined;
  readonly onStderr: (chunk: Buffer | string) => void;
  readonly onTools: (tools: readonly Tool[]) => void;
  readonly signal: AbortSignal;
}

/**
 * One attempt to connect in one way, and to read the server's tools.
 * @param entry expanded: no `${VAR}` left
 * @throws what went wrong, as the SDK or the system says it; nothing is left of the attempt
 */
export async function attemptToConnect(
  name: string,
  entry: ServerEntry,
  way: Way,
  hooks: ConnectHooks,
): Promise<Opened> {
  const ended = Promise.withResolvers<string>();
  const { transport, kind, notices, endSession, dispose } = await makeTransport(name, entry, way.kind, {
    ...hooks,
    onSessionLost: () => ended.resolve('The server was restarted and no longer knows our session.'),
  });
  const tap = tapWire(transport, kind !== 'http');
  const folders = entry.meanwhile?.roots;
  const roots = folders && rootsResult(folders);
  let tools: readonly Tool[] = [];
  const client = new Client(CLIENT_INFO, {
    capabilities: clientCapabilities(roots !== undefined),
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
  if (roots !== undefined) client.setRequestHandler('roots/list', () => roots);
  client.onerror = (error) => hooks.onStderr(`[meanwhile] ${error.message}\n`);
  client.onclose = () => ended.resolve(describeEnd(transport));
  void ended.promise.then(tap.hangUp);

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
    const prior = way.era === 'ask' ? {} : { prior: way.era };
    await client.connect(transport, { timeout: CONNECT_TIMEOUT_MS, ...prior });
    tools = await readTools(client);
    const protocolVersion = client.getNegotiatedProtocolVersion() ?? 'unknown';
    if (client.getProtocolEra() === 'modern') tap.speak(requestMeta(protocolVersion, roots !== undefined));
    if (way.era !== 'ask') await listenForTools(client);
    if (entry.url !== undefined)
      unwatch = watchReachable(entry.url, {
        clock: hooks.clock,
        isBusy: tap.isBusy,
        contact: tap.contact,
        gone: () => ended.resolve(`Nothing answers at ${describeTarget(entry)}.`),
      });
    return {
      connection: {
        client,
        transport,
        tap,
        server: name,
        kind,
        ...(notices && { notices }),
        protocolVersion,
        tools: () => tools,
        standing: roots === undefined ? {} : { 'roots/list': roots },
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
      ? error
      : new Error(describeEnd(transport), { cause: error });
  } finally {
    hooks.signal.removeEventListener('abort', abort);
  }
}

/** The server's tools. It answers here, so that a version that was only remembered is proved right or wrong. */
async function readTools(client: Client): Promise<readonly Tool[]> {
  const options = { timeout: CONNECT_TIMEOUT_MS };
  // A server may have none; asked all the same, the SDK would say so on our output.
  if (client.getServerCapabilities()?.tools !== undefined)
    return (await client.listTools(undefined, options)).tools.map(toolOf);
  if (client.getProtocolEra() === 'modern') await client.discover(options);
  return [];
}

/** Since 2026-07-28 changes of the tools are told only to those who listen; the SDK does so where it probed. */
async function listenForTools(client: Client): Promise<void> {
  if (client.getProtocolEra() !== 'modern' || !client.getServerCapabilities()?.tools?.listChanged) return;
  await client
    .listen({ toolsListChanged: true }, { timeout: CONNECT_TIMEOUT_MS })
    .catch((error) => client.onerror?.(error));
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
