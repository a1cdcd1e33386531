import type { LoggingLevel, ServerContext } from '@modelcontextprotocol/server';
import type { EndTreeResult } from '../../process-tree/end.ts';
import type { ProgressUpdate } from './progress/meter.ts';

const LEVELS = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'];
const LOG_LEVEL_KEY = 'io.modelcontextprotocol/logLevel';

/** Tells one caller about its run, as far as it asked to be told. Sends one message after the other. */
export class Teller {
  readonly #ctx: ServerContext;
  readonly #isModern: boolean;
  readonly #sessionLevel: () => LoggingLevel | undefined;
  #sending: Promise<void> = Promise.resolve();
  #pending = 0;

  /** `sessionLevel`: what the client chose with `logging/setLevel`, if it did. */
  constructor(ctx: ServerContext, isModern: boolean, sessionLevel: () => LoggingLevel | undefined) {
    this.#ctx = ctx;
    this.#isModern = isModern;
    this.#sessionLevel = sessionLevel;
  }

  /** Whether something is still on its way; who sends often waits with the next until it is not. */
  get isBusy(): boolean {
    return this.#pending > 0;
  }

  /** `notifications/progress`, if the request has a token. */
  progress(update: ProgressUpdate): void {
    if (this.#token === undefined) return;
    this.#send({ method: 'notifications/progress', params: { progressToken: this.#token, ...update } });
  }

  /** Lines of output, marked with the token of the request they belong to. */
  output(text: string): void {
    if (this.#token !== undefined) this.#log('info', 'output', text);
  }

  /**
   * A cancelled request gets no answer in MCP. This last message says that the work has really stopped: `left` is
   * the number of processes that could not be ended.
   */
  stopped({ left, ended, killed }: EndTreeResult): void {
    const requestId = this.#ctx.mcpReq.id;
    this.#log('notice', 'cancel', { stopped: left === 0, left, ended, killed, requestId });
  }

  /** Resolves when everything is on its way. */
  flushed(): Promise<void> {
    return this.#sending;
  }

  get #token(): string | number | undefined {
    return this.#ctx.mcpReq._meta?.progressToken;
  }

  #log(level: LoggingLevel, logger: string, data: unknown): void {
    if (!this.#wants(level)) return;
    const _meta = this.#token === undefined ? {} : { _meta: { progressToken: this.#token } };
    this.#send({ method: 'notifications/message', params: { level, logger, data, ..._meta } });
  }

  /** Since 2026-07-28 a request says itself whether it wants log messages; before, all may be sent unless limited. */
  #wants(level: LoggingLevel): boolean {
    const envelope = this.#ctx.mcpReq.envelope as Record<string, unknown> | undefined;
    const threshold = this.#isModern ? envelope?.[LOG_LEVEL_KEY] : (this.#sessionLevel() ?? 'debug');
    return typeof threshold === 'string' && LEVELS.indexOf(level) >= LEVELS.indexOf(threshold);
  }

  #send(notification: Parameters<ServerContext['mcpReq']['notify']>[0]): void {
    this.#pending++;
    const send = () => this.#ctx.mcpReq.notify(notification);
    this.#sending = this.#sending
      .then(send)
      .catch(() => {}) // the client is gone; the run is ended by whoever notices that
      .finally(() => this.#pending--);
  }
}
