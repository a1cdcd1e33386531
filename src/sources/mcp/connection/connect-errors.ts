import { InsufficientScopeError, SdkHttpError, UnauthorizedError } from '@modelcontextprotocol/client';
import type { ServerEntry } from '../../server-entry.ts';
import { NoWayToSignIn, SignInNeeded } from '../oauth/sign-in-needed.ts';
import { StdioGroupTransport } from '../transport/stdio-group-transport.ts';
import { describeTarget } from './target.ts';

/** What the system says when nobody was there to answer. */
const UNREACHABLE = new Set(['ENOENT', 'EACCES', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

/** What keeps us from connecting, in words for people. */
export function inWords(error: unknown, entry: ServerEntry, canSignIn = false): Error {
  if (error instanceof SignInNeeded || error instanceof NoWayToSignIn) return error;
  if (canSignIn && isNotLetIn(error)) return new SignInNeeded();
  const root = rootCause(error);
  const words = knownWords(error, root, entry);
  const message = (error as Error).message ?? String(error);
  return new Error(words ?? (root === error ? message : `${message} (${root.message})`), { cause: error });
}

function knownWords(error: unknown, root: NodeJS.ErrnoException, entry: ServerEntry): string | undefined {
  const target = describeTarget(entry);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && entry.command !== undefined) return `There is no program “${entry.command}”.`;
  if (code === 'EACCES') return `“${entry.command}” may not be executed.`;
  if (root.code === 'ECONNREFUSED') return `Nothing answers at ${target}.`;
  if (root.code === 'ENOTFOUND' || root.code === 'EAI_AGAIN') return `The host of ${target} is not known.`;
  const status = httpStatus(error);
  if (status === 401)
    return `${target} does not accept the authorization that mcp.json names for it (HTTP 401).`;
  if (status === 403) return `${target} refuses access (HTTP 403).`;
  if (isNoStreamableHttp(error))
    return `${target} does not speak MCP: it answered with HTTP ${status}, and there is no event stream either.`;
  return undefined;
}

/** How a server's process ended, where it has. */
export function describeEnd(transport: object): string {
  const exit = transport instanceof StdioGroupTransport ? transport.exit : undefined;
  if (exit === undefined) return 'The connection to the server ended.';
  return exit.signal === null
    ? `The server exited with status ${exit.code}.`
    : `The server was ended by the signal ${exit.signal}.`;
}

/** Whether nobody was there to answer, so that nothing has been learned of how the server speaks. */
export const isUnreachable = (error: unknown): boolean =>
  UNREACHABLE.has((error as NodeJS.ErrnoException).code ?? '') ||
  UNREACHABLE.has(rootCause(error).code ?? '');

/** Whether an address wants something of us before it answers. This never tells how it speaks. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof SignInNeeded ||
  error instanceof NoWayToSignIn ||
  isNotLetIn(error) ||
  httpStatus(error) === 403;

/** Whether what we brought along is not enough: no token, a token that was not accepted, or too few rights. */
const isNotLetIn = (error: unknown): boolean =>
  error instanceof InsufficientScopeError || error instanceof UnauthorizedError || httpStatus(error) === 401;

/** Whether an address turned down Streamable HTTP as one that has never heard of it does. */
export function isNoStreamableHttp(error: unknown): boolean {
  const status = httpStatus(error);
  if (status !== 400 && status !== 404 && status !== 405) return false;
  return !isRpcError((error as SdkHttpError).data.text);
}

const httpStatus = (error: unknown): number | undefined =>
  error instanceof SdkHttpError ? error.data.status : undefined;

function isRpcError(text: unknown): boolean {
  try {
    const body = JSON.parse(String(text));
    return body?.jsonrpc === '2.0' && typeof body.error?.code === 'number';
  } catch {
    return false;
  }
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
