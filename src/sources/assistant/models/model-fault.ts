import type { ModelTest } from '../../model-directory.ts';

/** What went wrong with a model, told apart by what is to be done about it. */
export interface ModelFault {
  readonly what: Exclude<ModelTest['what'], 'works'> | 'overloaded' | 'cut';
  readonly words: string;
  /** When the provider says that it may be asked again. */
  readonly retryAfterMs?: number;
  /** With `cut`: tools had been asked for. */
  readonly wantedTools?: true;
}

const WORDS = 300;
const NOT_REACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];
const NO_CONNECTION = [
  ...NOT_REACHED,
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
  'ERR_SSL_WRONG_VERSION_NUMBER',
];

/**
 * Says in words what a provider, or the way to it, has answered.
 * @param where the address that was asked, or the provider's name
 * @param secret is taken out of the words, wherever the provider repeats it
 */
export function modelFault(error: unknown, where: string, model: string, secret?: string): ModelFault {
  const clean = (text: string) => (secret ? text.replaceAll(secret, '…') : text).slice(0, WORDS).trim();
  const status = fieldIn(error, 'statusCode');
  const said = clean(wordsOf(error));
  if (typeof status === 'number' && status >= 300) return byStatus(status, said, error, where, model);
  const code = fieldIn(error, 'code');
  if (typeof code === 'string' && NO_CONNECTION.includes(code))
    return {
      what: 'address',
      words: `${where} cannot be reached (${code}). Is the address right, and the server running?`,
    };
  if (
    /terminated|without a finish reason|other side closed|ECONNRESET|UND_ERR_SOCKET|aborted|premature/i.test(
      `${code} ${said}`,
    )
  )
    return { what: 'cut', words: `The connection to ${where} broke off in the middle of the answer.` };
  if (typeof status === 'number') return { what: 'cut', words: `${where} broke off its answer.` };
  if (isOverload(error))
    return { what: 'overloaded', words: `${where} is overloaded at the moment: ${said}` };
  return { what: 'other', words: `${where} could not be asked: ${said}` };
}

function byStatus(status: number, said: string, error: unknown, where: string, model: string): ModelFault {
  const quoted = said === '' ? '' : ` It says: ${said}`;
  if (status === 401 || status === 403)
    return { what: 'key', words: `${where} refuses the key (${status}).${quoted}` };
  if (status === 404)
    return /model/i.test(said) || said === ''
      ? { what: 'model', words: `${where} has no model “${model}” (404).${quoted}` }
      : { what: 'address', words: `${where} has nothing at this address (404).${quoted}` };
  if (status === 429) {
    const retryAfterMs = retryAfter(error);
    return {
      what: 'rate_limit',
      words: `${where} takes no more for now (429).${quoted}`,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
  }
  if (status >= 500) {
    const retryAfterMs = retryAfter(error);
    return {
      what: 'overloaded',
      words: `${where} has a fault of its own (${status}).${quoted}`,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
  }
  if (/model.{0,40}(not found|does not exist|not exist|unknown)/i.test(said))
    return { what: 'model', words: `${where} has no model “${model}” (${status}).${quoted}` };
  if (/api.?key/i.test(said)) return { what: 'key', words: `${where} refuses the key (${status}).${quoted}` };
  return { what: 'other', words: `${where} refuses the request (${status}).${quoted}` };
}

/** RFC 9110: seconds, or a date; and what some providers send with milliseconds. */
function retryAfter(error: unknown): number | undefined {
  const headers = (fieldIn(error, 'responseHeaders') ?? {}) as Readonly<Record<string, string>>;
  const ms = Number(headers['retry-after-ms']);
  if (headers['retry-after-ms'] !== undefined && Number.isFinite(ms)) return Math.max(0, ms);
  const text = headers['retry-after'];
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

const isOverload = (error: unknown): boolean =>
  /overloaded|server_error|internal error/i.test(JSON.stringify(error) ?? '');

/** The words of the provider where it has some, else those of the error that began it. */
function wordsOf(error: unknown): string {
  if (typeof error === 'string') return error;
  const body = fieldIn(error, 'responseBody');
  if (typeof body === 'string' && body !== '') {
    try {
      const { error: inner, message } = JSON.parse(body);
      const words = typeof inner === 'string' ? inner : (inner?.message ?? message);
      if (typeof words === 'string') return words;
    } catch {
      // No JSON: a page of a proxy. Its words help nobody, the status says enough.
    }
    return '';
  }
  const message = fieldIn(error, 'message');
  return typeof message === 'string' ? message : (JSON.stringify(error) ?? 'no reason given');
}

/** A field of an error, or of what caused it. */
function fieldIn(error: unknown, name: string, depth = 0): unknown {
  if (typeof error !== 'object' || error === null || depth > 5) return undefined;
  const { cause, lastError, errors } = error as { cause?: unknown; lastError?: unknown; errors?: unknown };
  const inner = [cause, lastError, Array.isArray(errors) ? errors[0] : undefined].find(
    (each) => each !== undefined,
  );
  // The cause knows more of a broken connection; the outermost words are the best.
  const [first, second] = name === 'message' ? [error, undefined] : [undefined, error];
  const own = (at: unknown) => (at as Record<string, unknown> | undefined)?.[name];
  return own(first) ?? fieldIn(inner, name, depth + 1) ?? own(second);
}
