import type {
  JSONRPCMessage,
  RequestId,
  Transport,
  TransportSendOptions,
} from '@modelcontextprotocol/client';
import { ownRequests, type RequestOptions } from './own-requests.ts';
import { RELATED_TASK } from './protocol.ts';
import { isObject, isRequestId, type RpcAnswer, readAnswer } from './read-frame.ts';
import { type ServerQuestion, serverQuestions } from './server-questions.ts';

/** What the wire tells about one call. */
export interface CallWatch {
  /** `notifications/progress` with the call's token; the last one before the answer too. */
  progress(params: Readonly<Record<string, unknown>>): void;
  /** Any other notification that carries the call's token in its `_meta`. */
  notice(method: string, params: Readonly<Record<string, unknown>>): void;
  /**
   * The answer, as it stands on the wire; also when it comes after the call was cancelled. Since 2026-07-28 its
   * `resultType` may tell that the call is not over.
   */
  answer(answer: RpcAnswer): void;
  /** The response stream ended without an answer. */
  streamEnded(): void;
  /** The response stream can be taken up again after this event (Streamable HTTP before 2026-07-28). */
  resumableFrom?(eventId: string, requestId: RequestId): void;
  /** Nothing answers at the address any more, or something does again. */
  contact?(isThere: boolean): void;
  /** The server asks something, for this call as far as it says (before 2026-07-28). */
  question(question: ServerQuestion): void;
}

/** What the wire tells about one task of a server. */
export interface TaskWatch {
  /** `notifications/tasks/status` (2025-11-25) or `notifications/tasks` (the extension): the task as it stands. */
  status(task: Readonly<Record<string, unknown>>): void;
  question(question: ServerQuestion): void;
}

/** Whoever hears what belongs to no call. */
export interface Hearer {
  notice(method: string, params: Readonly<Record<string, unknown>>): void;
  /** Nothing answers at the address any more, or something does again. */
  contact(isThere: boolean): void;
}

export type Unfollow = (questions?: 'keep') => void;

export interface WireTap {
  /**
   * Watches the call whose request carries this progress token. The returned function ends it, and puts the
   * questions away that nobody else is left for, unless they are to be kept for later.
   */
  follow(token: string, watch: CallWatch): Unfollow;
  /** Says that the answer to a request of an earlier connection belongs to this call. */
  adopt(requestId: RequestId, token: string): void;
  followTask(taskId: string, watch: TaskWatch): Unfollow;
  /** Hears every notification that is no call's and no task's; the returned function ends it. */
  hear(hearer: Hearer): () => void;
  /** Closes the response stream of a call, where it has one of its own. */
  abortStream(token: string): void;
  /** Whether a request with this token has been sent and not been answered. */
  isWaiting(token: string): boolean;
  /**
   * A request of our own, past the SDK, which knows no tasks. Rejects with `RpcFault` for an error of the server,
   * with whatever the transport says when it cannot be sent, and when its stream ends without an answer.
   */
  request(
    method: string,
    params: object,
    options: RequestOptions,
  ): Promise<Readonly<Record<string, unknown>>>;
  /** Sends what expects no answer: a notification, or the answer to a question of the server. */
  tell(message: JSONRPCMessage): Promise<void>;
  /** Lets a frame in that came another way, such as over a stream that was taken up again. */
  inject(frame: unknown): void;
  /** What each of our own requests carries in its `_meta` (2026-07-28). */
  speak(meta: Readonly<Record<string, unknown>>): void;
  /** Ends what waits for an answer: the connection is gone. */
  hangUp(why: string): void;
  /** Tells all calls whether anything answers at the address. */
  contact(isThere: boolean): void;
  /** Whether any call is being watched. */
  isBusy(): boolean;
  /** Work goes on in this session after the connection: it is not to be ended with it. */
  keepSession(): void;
  readonly keepsSession: boolean;
}

type Params = Record<string, unknown> & { _meta?: Record<string, unknown> };

/** A frame that came in: nothing is known of the types of its fields. */
type Frame = { id?: unknown; method?: unknown; params?: unknown; result?: unknown; error?: unknown };

/**
 * Taps one transport instance in place; its class stays what it is, because the SDK looks at it. Shows what
 * the SDK does not: the last progress before an answer, what comes after a cancel, answers whose structured
 * content does not fit the tool's schema, the end of a response stream, and everything about tasks.
 * @param oneStream whether all answers come over one stream, as with stdio, rather than each over its own
 */
export function tapWire(transport: Transport, oneStream: boolean): WireTap {
  const watches = new Map<string, CallWatch>();
  const tasks = new Map<string, TaskWatch>();
  const tokens = new Map<RequestId, string>();
  const streams = new Map<string, AbortController>();
  const hearers = new Set<Hearer>();
  let keepsSession = false;

  const send = transport.send.bind(transport);
  const questions = serverQuestions((message) => send(message));
  const own = ownRequests((message, options) => transport.send(message, options));

  function inbound(frame: Frame): 'swallow' | 'pass' | 'pass later' {
    if (frame.method === undefined) return isRequestId(frame.id) ? answer(frame, frame.id) : 'pass';
    if (typeof frame.method !== 'string') return 'pass';
    const params = isObject(frame.params) ? (frame.params as Params) : {};
    if (frame.id !== undefined)
      return frame.method === 'elicitation/create' && isRequestId(frame.id)
        ? asked(params, frame.id)
        : 'pass';
    if (frame.method === 'notifications/progress') {
      const token = params.progressToken;
      if (typeof token === 'string') watches.get(token)?.progress(params);
      return 'swallow'; // every token on this wire is ours; a late one belongs to a call that is over
    }
    if (frame.method === 'notifications/tasks/status' || frame.method === 'notifications/tasks') {
      if (typeof params.taskId === 'string') tasks.get(params.taskId)?.status(params);
      return 'swallow';
    }
    if (frame.method === 'notifications/cancelled' && questions.withdraw(params.requestId as RequestId))
      return 'swallow';
    const token = params._meta?.progressToken;
    if (typeof token === 'string') watches.get(token)?.notice(frame.method, params);
    else for (const hearer of [...hearers]) hearer.notice(frame.method, params);
    return 'pass';
  }

  function answer(frame: Frame, id: RequestId): 'swallow' | 'pass' | 'pass later' {
    const answer = readAnswer(frame);
    if (own.settle(id, answer)) return 'swallow';
    // Some servers write our numbers back as text; the SDK takes that for an answer too.
    const sent = typeof id === 'string' && /^\d+$/.test(id) && !tokens.has(id) ? Number(id) : id;
    const token = tokens.get(sent);
    if (token === undefined) return 'pass';
    tokens.delete(sent);
    watches.get(token)?.answer(answer);
    return 'pass later'; // the answer is out; the SDK only closes its books, and nobody should wait for that
  }

  function asked(params: Params, id: RequestId): 'swallow' {
    const related = params._meta?.[RELATED_TASK] as { taskId?: unknown } | undefined;
    const token = params._meta?.progressToken;
    if (typeof related?.taskId === 'string')
      questions.forTask(id, params, related.taskId, tasks.get(related.taskId));
    else {
      const named = typeof token === 'string' ? watches.get(token) : undefined;
      questions.forCalls(id, params, named === undefined ? [...watches.values()] : [named]);
    }
    return 'swallow';
  }

  type Handler = NonNullable<Transport['onmessage']>;

  /** Nobody else is there to catch what the SDK throws over a frame that it cannot read. */
  function passLater(next: Handler, ...[message, extra]: Parameters<Handler>) {
    try {
      next(message, extra);
    } catch (error) {
      transport.onerror?.(error as Error);
    }
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
        if (!isObject(message)) return;
        const what = inbound(message);
        if (what === 'pass') next(message, extra);
        else if (what === 'pass later') setImmediate(passLater, next, message, extra);
      }) as NonNullable<Transport['onmessage']>;
      wrapped.add(handler); // the SDK saves and restores the handler while it probes
    },
  });

  transport.send = (message, options: TransportSendOptions = {}) => {
    const frame = message as { id?: RequestId; params?: Params };
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
      onresumptiontoken: (eventId) => watches.get(token)?.resumableFrom?.(eventId, id),
      onRequestStreamEnd: () => {
        options.onRequestStreamEnd?.();
        if (tokens.delete(id)) watches.get(token)?.streamEnded();
      },
    });
  };

  return {
    follow(token, watch) {
      watches.set(token, watch);
      return (kept) => {
        if (watches.get(token) !== watch) return;
        watches.delete(token);
        streams.delete(token);
        if (kept !== 'keep') questions.leave(watch);
      };
    },
    adopt(requestId, token) {
      tokens.set(requestId, token);
    },
    followTask(taskId, watch) {
      tasks.set(taskId, watch);
      questions.claim(taskId, watch);
      return (kept) => {
        if (tasks.get(taskId) !== watch) return;
        tasks.delete(taskId);
        if (kept !== 'keep') questions.leave(watch);
      };
    },
    hear(hearer) {
      hearers.add(hearer);
      return () => hearers.delete(hearer);
    },
    abortStream: (token) => streams.get(token)?.abort(),
    isWaiting: (token) => [...tokens.values()].includes(token),
    request: own.request,
    tell: (message) => send(message),
    inject: (frame) => handler?.(frame as JSONRPCMessage),
    speak: own.speak,
    hangUp: own.hangUp,
    contact(isThere) {
      for (const watch of [...watches.values()]) watch.contact?.(isThere);
      for (const hearer of [...hearers]) hearer.contact(isThere);
    },
    isBusy: () => watches.size > 0,
    keepSession() {
      keepsSession = true;
    },
    get keepsSession() {
      return keepsSession;
    },
  };
}
