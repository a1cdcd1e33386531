import type { Host } from './find-host.ts';
import { connectionError, problemError } from './problem.ts';

/** An answer, both as it was sent (for `--json`) and as data. */
export interface Answer<T> {
  readonly text: string;
  readonly body: T;
}

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/**
 * One question to the API.
 * @throws {AppError} `host_unreachable`, or what the host refused with
 */
export async function ask<T>(host: Host, path: string, question: Question = {}): Promise<Answer<T>> {
  const { method = 'GET', body, signal } = question;
  const response = await fetch(addressOf(host, path, question.query), {
    method,
    headers: { ...headersFor(host), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  }).catch((error) => {
    throw connectionError(host.url, error);
  });
  const text = await response.text().catch((error) => {
    throw connectionError(host.url, error);
  });
  if (!response.ok) throw problemError(host.url, response.status, text);
  return { text, body: parse(text, host, response.status) as T };
}

/** Who asks, and the token that lets us. */
export const headersFor = (host: Host): Record<string, string> => ({
  'x-meanwhile-client': 'cli',
  ...(host.token ? { authorization: `Bearer ${host.token}` } : {}),
});

export function addressOf(host: Host, path: string, query: Question['query'] = {}): string {
  const words = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(words.map(([name, value]) => [name, String(value)]));
  return `${host.url}${path}${search.size > 0 ? `?${search}` : ''}`;
}

function parse(text: string, host: Host, status: number): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw problemError(host.url, status, text);
  }
}
