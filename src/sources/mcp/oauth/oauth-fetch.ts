import { type OwnFetch, serverFetch } from '../transport/server-fetch.ts';

const SILENCE_MS = 30_000;

/**
 * A `fetch` for the documents and tokens of a sign-in. The answers are the platform's own class and wholly read,
 * because the SDK asks for that class before it reads an error.
 */
export function oauthFetch(server: string, headers: Readonly<Record<string, string>>): OwnFetch {
  const own = serverFetch(server, headers, SILENCE_MS);
  return {
    ...own,
    fetch: async (input, init) => {
      const response = await own.fetch(input, init);
      const { status, statusText } = response;
      const isEmpty = status === 204 || status === 304;
      const body = isEmpty ? null : await response.arrayBuffer();
      return new Response(body, { status, statusText, headers: Object.fromEntries(response.headers) });
    },
  };
}
