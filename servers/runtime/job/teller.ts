import type { LoggingLevel, ServerContext } from '@modelcontextprotocol/server';
import type { ProgressUpdate } from '../progress/meter.ts';
import type { Json } from '../protocol.ts';
import type { Stop } from '../tool.ts';
import type { Listener } from './job.ts';
import { OUTPUT_META } from './numbered-lines.ts';

const LEVELS = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'];

/** The logger of the message that confirms a stop; announced as the capability `experimental.confirmedStop`. */
export const CANCEL_LOGGER = 'cancel';

export interface TellerOptions {
  /** Of the request; without one no progress and no output is sent. */
  readonly token: string | number | undefined;
  /** The least level of log messages that is wanted; `undefined` for none at all. */
  readonly level: () => LoggingLevel | undefined;
  readonly notify: ServerContext['mcpReq']['notify'];
}

/** Tells one caller about its job, as far as it asked to be told. Sends one message after the other. */
export class Teller implements Listener {
  readonly #options: TellerOptions;
  #sending: Promise<void> = Promise.resolve();
  #pending = 0;

  constructor(options: TellerOptions) {
    this.#options = options;
  }

  get isBusy(): boolean {
    return this.#pending > 0;
  }

  progress(update: ProgressUpdate): void {
    const { token } = this.#options;
    if (token === undefined) return;
    this.#send({ method: 'notifications/progress', params: { progressToken: token, ...update } });
  }

  /** Lines of output, marked with the token of the request they belong to, and numbered. */
  output(text: string, next: number): void {
    if (this.#options.token !== undefined) this.#log('info', 'output', text, { [OUTPUT_META]: { next } });
  }

  /** A cancelled request gets no answer in MCP. This last message says what became of the work. */
  stopped(requestId: string | number, stop: Stop): void {
    this.#log('notice', CANCEL_LOGGER, { ...stop, requestId });
  }

  /** Resolves when everything is on its way. */
  flushed(): Promise<void> {
    return this.#sending;
  }

  #log(level: LoggingLevel, logger: string, data: unknown, meta: Json = {}): void {
    const threshold = this.#options.level();
    if (threshold === undefined || LEVELS.indexOf(level) < LEVELS.indexOf(threshold)) return;
    const { token } = this.#options;
    const _meta = token === undefined ? {} : { _meta: { progressToken: token, ...meta } };
    this.#send({ method: 'notifications/message', params: { level, logger, data, ..._meta } });
  }

  #send(notification: Parameters<TellerOptions['notify']>[0]): void {
    this.#pending++;
    const send = () => this.#options.notify(notification);
    this.#sending = this.#sending
      .then(send)
      .catch(() => {}) // the client is gone; the work is ended by whoever notices that
      .finally(() => this.#pending--);
  }
}
