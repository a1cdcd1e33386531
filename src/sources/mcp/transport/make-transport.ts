import type { AuthProvider, Transport } from '@modelcontextprotocol/client';
import type { SpawnLedger } from '../../../store/ports.ts';
import type { ServerEntry } from '../../server-entry.ts';
import type { NoticeStream } from './notice-stream.ts';
import { StdioGroupTransport } from './stdio-group-transport.ts';

const MAX_FRAME_BYTES = 32 * 1024 * 1024;

export type TransportKind = 'stdio' | 'http' | 'sse';

/** A transport and all that belongs to it; `dispose` leaves neither process nor socket behind. */
export interface MadeTransport {
  readonly transport: Transport;
  readonly kind: TransportKind;
  /** Only of Streamable HTTP. */
  readonly notices?: NoticeStream;
  endSession(): Promise<void>;
  dispose(): Promise<void>;
}

/** What the authorization of a server needs of its transports. */
export interface TransportAuthorization {
  readonly authProvider: AuthProvider;
  /** Whether a person can sign in where the server lets nobody in. */
  readonly asksPerson: boolean;
  /** Looks at every answer of the server. */
  readonly watch: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch;
}

/** @param entry expanded: no `${VAR}` left */
export async function makeTransport(
  name: string,
  entry: ServerEntry,
  kind: TransportKind,
  parts: {
    readonly ledger: SpawnLedger;
    readonly authorization?: TransportAuthorization | undefined;
    readonly onStderr: (chunk: Buffer | string) => void;
    readonly onSessionLost: () => void;
  },
): Promise<MadeTransport> {
  if (kind === 'stdio')
    return { transport: stdio(name, entry, parts), kind, endSession, dispose: endSession };
  const { url = '', headers = {} } = entry;
  const { serverFetch } = await import('./server-fetch.ts'); // large, and not all need it
  const own = serverFetch(url, headers, 0);
  const { authProvider, watch } = parts.authorization ?? {};
  const server = { url, fetch: watch?.(own.fetch) ?? own.fetch, ...(authProvider && { authProvider }) };
  if (kind === 'sse') {
    const { SseTransport } = await import('./sse-transport.ts');
    return { transport: new SseTransport(url, server), kind, endSession, dispose: own.dispose };
  }
  const { httpTransport } = await import('./http-transport.ts');
  const made = httpTransport({ ...server, onSessionLost: parts.onSessionLost });
  return { ...made, kind, dispose: own.dispose };
}

/** Of stdio nothing is left after `close`, and HTTP+SSE ends its session with its stream. */
async function endSession(): Promise<void> {}

function stdio(
  name: string,
  entry: ServerEntry,
  { ledger, onStderr }: { ledger: SpawnLedger; onStderr: (chunk: Buffer | string) => void },
) {
  return new StdioGroupTransport({
    command: entry.command ?? '',
    args: entry.args ?? [],
    env: entry.env ?? {},
    cwd: entry.cwd,
    server: name,
    maxFrameBytes: MAX_FRAME_BYTES,
    ledger,
    onStderr,
    onStray: (text, reason) =>
      onStderr(
        `[meanwhile] ${reason === 'not_json' ? 'not a JSON-RPC message' : 'message too long'}: ${text}\n`,
      ),
  });
}
