import type { JSONRPCMessage, RequestId, TransportSendOptions } from '@modelcontextprotocol/client';
import { newId } from '../../../base/ids.ts';
import type { RpcAnswer, RpcError } from './read-frame.ts';

export interface RequestOptions {
  /** 0: waits for as long as it takes. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** The server answered with a JSON-RPC error. */
export class RpcFault extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor(error: RpcError) {
    super(error.message);
    this.name = 'RpcFault';
    this.code = error.code;
    this.data = error.data;
  }
}

interface Pending {
  resolve(result: Readonly<Record<string, unknown>>): void;
  reject(error: Error): void;
}

/**
 * Requests past the SDK, with ids of their own: it knows no tasks, and refuses their methods on connections of
 * 2026-07-28. An id is unique over connections, because a session may be entered by several.
 */
export function ownRequests(
  send: (message: JSONRPCMessage, options: TransportSendOptions) => Promise<void>,
): {
  request(
    method: string,
    params: object,
    options: RequestOptions,
  ): Promise<Readonly<Record<string, unknown>>>;
  /** Whether the answer was to one of ours. */
  settle(id: RequestId, answer: RpcAnswer): boolean;
  speak(meta: Readonly<Record<string, unknown>>): void;
  hangUp(why: string): void;
} {
  const pending = new Map<RequestId, Pending>();
  let meta: Readonly<Record<string, unknown>> | undefined;

  return {
    request(method, params, { timeoutMs, signal }) {
      const id = newId('req');
      const stop = new AbortController();
      return new Promise((resolve, reject) => {
        const timer =
          timeoutMs === 0
            ? undefined
            : setTimeout(() => over(new Error(`No answer to ${method} within ${timeoutMs} ms.`)), timeoutMs);
        const onAbort = () => over(new Error(`${method} was given up.`));
        const close = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          return pending.delete(id);
        };
        const over = (error: Error) => {
          if (!close()) return;
          stop.abort();
          reject(error);
        };
        pending.set(id, {
          resolve: (result) => close() && resolve(result),
          reject: (error) => close() && reject(error),
        });
        if (signal?.aborted) return onAbort();
        signal?.addEventListener('abort', onAbort, { once: true });
        send(
          {
            jsonrpc: '2.0',
            id,
            method,
            params: meta === undefined ? params : { ...params, _meta: meta },
          } as JSONRPCMessage,
          {
            requestSignal: stop.signal,
            onRequestStreamEnd: () => over(new Error(`The stream ended before the answer to ${method}.`)),
          },
        ).catch(over);
      });
    },
    settle(id, { result, error }) {
      const waiting = pending.get(id);
      if (waiting === undefined) return false;
      if (error !== undefined) waiting.reject(new RpcFault(error));
      else waiting.resolve(result);
      return true;
    },
    speak(spoken) {
      meta = spoken;
    },
    hangUp(why) {
      for (const { reject } of [...pending.values()]) reject(new Error(why));
    },
  };
}
