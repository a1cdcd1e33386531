import { Agent, fetch as undiciFetch } from 'undici';

const CONNECT_MS = 10_000;

/** A `fetch` with sockets of its own, so that disposing of it leaves none behind. */
export interface OwnFetch {
  readonly fetch: typeof fetch;
  dispose(): Promise<void>;
}

/**
 * A `fetch` for one server. The headers of its entry go to the server's own origin and nowhere else: they may be
 * secrets, and a sign-in leads to other hosts. A header that a request brings along counts more.
 * @param silenceMs how long an answer may be silent; 0 for ever, because undici ends silent calls after 300 s
 */
export function serverFetch(
  server: string,
  headers: Readonly<Record<string, string>>,
  silenceMs: number,
): OwnFetch {
  const { origin } = new URL(server);
  const dispatcher = new Agent({
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
    connectTimeout: CONNECT_MS,
  });
  const own = async (input: string | URL, init: RequestInit = {}) => {
    const sent = new Headers(init.headers);
    if (new URL(input).origin === origin)
      for (const [name, value] of Object.entries(headers)) if (!sent.has(name)) sent.set(name, value);
    return undiciFetch(input, { ...init, headers: Object.fromEntries(sent), dispatcher } as never);
  };
  // undici's own types and the platform's describe the same objects under two names.
  return { fetch: own as unknown as typeof fetch, dispose: () => dispatcher.destroy() };
}
