import type { RequestId } from '@modelcontextprotocol/client';

/*
 * What a server writes is only as good as the server: every field may be of any type. What stands here is read so
 * that the rest can rely on its types.
 */

export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

/** The answer to a request: exactly one of the two. */
export type RpcAnswer =
  | { readonly result: Readonly<Record<string, unknown>>; readonly error?: undefined }
  | { readonly error: RpcError; readonly result?: undefined };

/** JSON-RPC, "Internal error". */
const INTERNAL_ERROR = -32603;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isRequestId = (value: unknown): value is RequestId =>
  typeof value === 'string' || typeof value === 'number';

/** What cannot be understood counts as an error: whoever waits must hear that there is nothing to wait for. */
export function readAnswer({ result, error }: { result?: unknown; error?: unknown }): RpcAnswer {
  if (error !== undefined) return { error: readError(error) };
  if (isObject(result)) return { result };
  return { error: { code: INTERNAL_ERROR, message: 'The server answered with what is no result.' } };
}

function readError(error: unknown): RpcError {
  const { code, message, data } = isObject(error) ? error : {};
  return {
    code: Number.isInteger(code) ? (code as number) : INTERNAL_ERROR,
    message: typeof message === 'string' ? message : 'The server answered with an error without words.',
    ...(data === undefined ? {} : { data }),
  };
}

/** A value as JSON text; nothing when it is nested deeper than can be written. */
export function jsonText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
