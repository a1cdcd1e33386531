import type { JSONRPCMessage, Transport, TransportSendOptions } from '@modelcontextprotocol/client';

/** What the wire tells about one call. */
export interface CallWatch {
  /** `notifications/progress` with the call's token; the last one before the answer too. */
  progress(params: Readonly<Record<string, unknown>>): void;
  /** Any other notification that carries the call's token in its `_meta`. */
  notice(method: string, params: Readonly<Record<string, unknown>>): void;
  /** The final answer, as it stands on the wire; also when it comes after the call was cancelled. */
  answer(frame: { readonly result?: Readonly<Record<string, unknown>>; readonly error?: RpcError }): void;
  /** The response stream ended without an answer. */
  streamEnded(): void;
}

export interface RpcError {
  readonly code: number;
  readonly message: string;
}

export interface WireTap {
  /** Watches the call whose request carries this progress token. The returned function ends it. */
  follow(token: string, watch: CallWatch): () => void;
  /** Closes the response stream of a call, where it has one of its own. */
  abortStream(token: string): void;
  /** Whether any call is being watched. */
  isBusy(): boolean;
}

type Frame = JSONRPCMessage & {
  id?: string | number;
  method?: string;
  params?: Record<string, unknown> & { _meta?: Record<string, unknown> };
  result?: Record<string, unknown>;
  error?: RpcError;
};

/**
 * Taps one transport instance in place; its class stays what it is, because the SDK looks at it. Shows what
 * the SDK does not: the last progress before an answer, what comes after a cancel, answers whose structured
 * content does not fit the tool's schema, and the end of a response stream.
 * @param oneStream whether all answers come over one stream, as with stdio, rather than each over its own
 */
export function tapWire(transport: Transport, oneStream: boolean): WireTap {
  const watches = new Map<string, CallWatch>();
  const tokens = new Map<string | number, string>();
  const streams = new Map<string, AbortController>();

  function inbound(frame: Frame): 'swallow' | 'pass' | 'pass later' {
    if (frame.method === undefined && frame.id !== undefined) {
      const token = tokens.get(frame.id);
      if (token === undefined) return 'pass';
      tokens.delete(frame.id);
      // `input_required` is not the end of a call: the SDK asks on and sends it again (2026-07-28).
      if (frame.result?.resultType === 'input_required') return 'pass';
      watches.get(token)?.answer({ result: frame.result, error: frame.error });
      return 'pass later'; // the answer is out; the SDK only closes its books, and nobody should wait for that
    }
    if (frame.method === 'notifications/progress') {
      const token = frame.params?.progressToken;
      if (typeof token === 'string') watches.get(token)?.progress(frame.params ?? {});
      return 'swallow'; // every token on this wire is ours; a late one belongs to a call that is over
    }
    const token = frame.id === undefined ? frame.params?._meta?.progressToken : undefined;
    if (typeof token === 'string') watches.get(token)?.notice(frame.method ?? '', frame.params ?? {});
    return 'pass';
  }

  let handler: Transport['onmessage'];
  const wrapped = new WeakSet<object>();
  Object.defineProperty(transport, 'onmessage', {
    configurable: true,
    get: () => handler,
    set(next: Transport['onmessage']) {
      if (next === undefined || wrapped.has(next)) {
        handler = next;
        return;
      }
      handler = ((message, extra) => {
        const what = inbound(message as Frame);
        if (what === 'pass') next(message, extra);
        else if (what === 'pass later') setImmediate(next, message, extra);
      }) as NonNullable<Transport['onmessage']>;
      wrapped.add(handler); // the SDK saves and restores the handler while it probes
    },
  });

  const send = transport.send.bind(transport);
  transport.send = (message, options: TransportSendOptions = {}) => {
    const frame = message as Frame;
    const token = frame.id === undefined ? undefined : frame.params?._meta?.progressToken;
    if (frame.id === undefined || typeof token !== 'string' || !watches.has(token))
      return send(message, options);
    const id = frame.id;
    tokens.set(id, token);
    if (oneStream) return send(message, options);
    const stream = new AbortController();
    streams.set(token, stream);
    const requestSignal =
      options.requestSignal === undefined
        ? stream.signal
        : AbortSignal.any([options.requestSignal, stream.signal]);
    return send(message, {
      ...options,
      requestSignal,
      onRequestStreamEnd: () => {
        options.onRequestStreamEnd?.();
        if (tokens.delete(id)) watches.get(token)?.streamEnded();
      },
    });
  };

  return {
    follow(token, watch) {
      watches.set(token, watch);
      return () => {
        watches.delete(token);
        streams.delete(token);
      };
    },
    abortStream: (token) => streams.get(token)?.abort(),
    isBusy: () => watches.size > 0,
  };
}
