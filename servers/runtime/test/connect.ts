import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioClientTransportV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { findByCookie } from '../../../process-tree/cookie.ts';
import { endTree } from '../../../process-tree/end.ts';

/** The clients that exist: the newest protocol, the newest SDK with the old protocol, and the old SDK. */
export const KINDS = ['auto', 'legacy', 'sdk v1'] as const;

/** A JSON-RPC message as it came over the wire. */
export interface Frame {
  readonly method?: string;
  // biome-ignore lint/suspicious/noExplicitAny: the wire is what the tests look at
  readonly params?: any;
}

export interface Result {
  readonly isError?: boolean;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the wire is what the tests look at
  readonly data: any;
}

// biome-ignore lint/suspicious/noExplicitAny: the wire is what the tests look at
type Wire = any;

/** What a client answers when it is asked (`elicitation/create`). */
export type AnswerQuestion = (params: Wire) => Wire;

export interface CallOptions {
  readonly token?: string;
  readonly signal?: AbortSignal;
  /** Whether the log is wanted, in the way of the protocol. */
  readonly log?: boolean;
}

export interface Connection {
  readonly pid: number;
  readonly frames: readonly Frame[];
  readonly client: Client | ClientV1;
  /** Calls a tool. A result that is no result of a tool (a task) stands in `data` as it came. */
  call(tool: string, args?: Record<string, unknown>, options?: CallOptions): Promise<Result>;
  /** `logging/setLevel`, which only the old protocol has. */
  setLevel(level: 'error'): Promise<unknown>;
  /** Resolves with the first message, past or future, that fits. */
  frame(fits: (frame: Frame) => boolean): Promise<Frame>;
  /** What the server has started and is still there. */
  started(): number[];
  /** Every process with the test's cookie, the server included. */
  all(): number[];
  close(): Promise<void>;
}

const COOKIE = 'SERVER_TEST_ID';
const TOKEN = 'a-token-for-tests';

export interface ConnectOptions {
  readonly kind?: (typeof KINDS)[number];
  /** Without it the client does not say that it can be asked. */
  readonly answer?: AnswerQuestion;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a real server as a child over stdio and connects a real client to it. */
export async function connect(
  program: string,
  args: readonly string[],
  { kind = 'auto', answer, env = {} }: ConnectOptions = {},
): Promise<Connection> {
  const cookie = { name: COOKIE, value: randomUUID() };
  const start = {
    command: process.execPath,
    args: [program, ...args],
    env: { ...(process.env as Record<string, string>), ...env, [cookie.name]: cookie.value },
  };
  const transport = kind === 'sdk v1' ? new StdioClientTransportV1(start) : new StdioClientTransport(start);
  const connection = await connectClient(transport as Transport, kind, answer);
  const pid = transport.pid!;
  return {
    ...connection,
    pid,
    started: () => findByCookie(cookie).filter((found) => found !== pid),
    all: () => findByCookie(cookie),
    async close() {
      await connection.client.close();
      await endTree({ cookie, graceMs: 0 });
    },
  };
}

/** A server over HTTP, to which several clients may connect. */
export interface HttpServer {
  readonly url: string;
  /** The value of the header that lets a request in. */
  readonly authorization: string;
  readonly process: ChildProcess;
  connect(options?: Omit<ConnectOptions, 'env'>): Promise<Omit<Connection, 'pid' | 'started' | 'all'>>;
  fetch(init?: RequestInit): Promise<Response>;
  started(): number[];
  close(): Promise<void>;
}

/** Starts a real server as a child over HTTP on a free port of loopback. */
export async function serveHttp(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<HttpServer> {
  const cookie = { name: COOKIE, value: randomUUID() };
  const child = spawn(process.execPath, [program, ...args, '--http', '0'], {
    env: { ...process.env, ...env, MCP_SERVER_TOKEN: TOKEN, [cookie.name]: cookie.value },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const url = line.replace('Listening at ', '');
  const authorization = `Bearer ${TOKEN}`;
  return {
    url,
    authorization,
    process: child,
    async connect({ kind = 'auto', answer } = {}) {
      const transport = new StreamableHTTPClientTransport(new URL(url), {
        requestInit: { headers: { authorization } },
      });
      const connection = await connectClient(transport as Transport, kind, answer);
      return { ...connection, close: () => connection.client.close() };
    },
    fetch: (init = {}) => fetch(url, init),
    started: () => findByCookie(cookie).filter((found) => found !== child.pid),
    async close() {
      child.kill();
      await endTree({ cookie, graceMs: 3_000 });
    },
  };
}

async function connectClient(
  transport: Transport,
  kind: (typeof KINDS)[number],
  answer: AnswerQuestion | undefined,
): Promise<Omit<Connection, 'pid' | 'started' | 'all' | 'close'>> {
  const info = { name: 'test', version: '1' };
  const capabilities = answer ? { elicitation: { form: {} } } : {};
  const client =
    kind === 'sdk v1'
      ? new ClientV1(info, { capabilities })
      : new Client(info, { capabilities, versionNegotiation: { mode: kind } });
  if (answer) await answerQuestions(client, answer);
  await client.connect(transport as never);

  const frames: Frame[] = [];
  const arrivals = new EventEmitter();
  const handle = transport.onmessage as NonNullable<Transport['onmessage']>;
  transport.onmessage = (message, extra) => {
    frames.push(message as Frame);
    arrivals.emit('frame');
    handle(message, extra);
  };
  return {
    client,
    frames,
    async call(tool, input = {}, { token = 'token-1', signal, log = true } = {}) {
      const _meta = {
        progressToken: token,
        ...(kind === 'auto' && log && { 'io.modelcontextprotocol/logLevel': 'info' }),
      };
      const request = { name: tool, arguments: input, _meta };
      const options = { ...(signal && { signal }), timeout: 60_000 };
      const result = await (client instanceof Client
        ? client.callTool(request, options)
        : client.callTool(request, undefined, options));
      const [first] = (result.content ?? []) as { text: string }[];
      return { isError: result.isError === true, text: first?.text ?? '', data: result.structuredContent };
    },
    setLevel: (level) => client.setLoggingLevel(level),
    async frame(fits) {
      for (let seen = 0; ; ) {
        while (seen < frames.length) {
          const frame = frames[seen++]!;
          if (fits(frame)) return frame;
        }
        await once(arrivals, 'frame');
      }
    },
  };
}

async function answerQuestions(client: Client | ClientV1, answer: AnswerQuestion): Promise<void> {
  if (client instanceof Client) {
    client.setRequestHandler('elicitation/create', ({ params }) => answer(params));
    return;
  }
  const { ElicitRequestSchema } = await import('@modelcontextprotocol/sdk/types.js');
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => answer(params));
}

/** Matches lines of output that were sent meanwhile. */
export const isOutput = (part: string) => (frame: Frame) =>
  frame.method === 'notifications/message' &&
  frame.params.logger === 'output' &&
  String(frame.params.data).includes(part);

export const isProgress = (frame: Frame): boolean => frame.method === 'notifications/progress';

/** Matches the message that confirms a stop. */
export const isStopped = (frame: Frame): boolean =>
  frame.method === 'notifications/message' && frame.params.logger === 'cancel';
