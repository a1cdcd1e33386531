import { type OutgoingHttpHeaders, request } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

/**
 * A request exactly as it is written here: `fetch` would not send a foreign Host, a body of unknown length, or
 * a POST without any length.
 * @param chunked sends the body in chunks, without telling its length
 */
export function rawRequest(
  url: string,
  options: { method?: string; headers?: OutgoingHttpHeaders; body?: string | Buffer; chunked?: boolean },
): Promise<RawAnswer> {
  const { method = 'GET', headers = {}, body, chunked = false } = options;
  return new Promise((resolve, reject) => {
    const { hostname, port, origin } = new URL(url);
    const path = url.slice(origin.length); // as it stands, not as a URL would spell it
    const length = body === undefined || chunked ? {} : { 'content-length': Buffer.byteLength(body) };
    const outgoing = request(
      { hostname, port, path, method, headers: { ...length, ...headers }, agent: false },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk) => (text += chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }),
        );
      },
    );
    outgoing.on('error', reject);
    if (chunked) outgoing.flushHeaders();
    if (body === undefined) outgoing.end();
    else outgoing.end(body);
  });
}
