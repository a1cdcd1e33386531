import { expect, it, onTestFinished } from 'vitest';
import { type HttpServer, serveHttp } from './connect.ts';

const PROGRAM = new URL('./sample-server.ts', import.meta.url).pathname;

/** One request in a session of 2025-11-25, whose answer is a stream of events. */
function inSession(server: HttpServer, session?: string) {
  const headers = {
    authorization: server.authorization,
    accept: 'application/json, text/event-stream',
    'content-type': 'application/json',
    'mcp-protocol-version': '2025-11-25',
    ...(session && { 'mcp-session-id': session }),
  };
  return {
    post: (message: object) =>
      server.fetch({ method: 'POST', headers, body: JSON.stringify({ jsonrpc: '2.0', ...message }) }),
    resume: (lastEventId: string) =>
      server.fetch({ method: 'GET', headers: { ...headers, 'last-event-id': lastEventId } }),
  };
}

/** Reads events until one fits; then the stream is given up. */
async function until(
  response: Response,
  fits: (data: string) => boolean,
): Promise<{ id: string; data: string }> {
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (const event of text.split('\n\n').slice(0, -1)) {
      const id = /^id: (.+)$/m.exec(event)?.[1] ?? '';
      const data = /^data: (.+)$/m.exec(event)?.[1] ?? '';
      if (fits(data)) return { id, data };
    }
  }
  throw new Error(`the stream ended without it:\n${text}`);
}

it('a call of an older client goes on when its stream breaks, and the stream is taken up where it was lost', async () => {
  const server = await serveHttp(PROGRAM, []);
  onTestFinished(() => server.close());
  const opened = await inSession(server).post({
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
  });
  const { post, resume } = inSession(server, opened.headers.get('mcp-session-id')!);
  await until(opened, (data) => data.includes('serverInfo'));
  await post({ method: 'notifications/initialized' });

  const params = { name: 'until_stopped', arguments: {}, _meta: { progressToken: 'p' } };
  const { id } = await until(await post({ id: 2, method: 'tools/call', params }), (data) =>
    data.includes('line two'),
  );

  let resumed = await resume(id);
  // Until the server has noticed that the stream is broken, it takes no second reader.
  while (resumed.status === 409) {
    await resumed.body?.cancel();
    resumed = await resume(id);
  }
  await post({ method: 'notifications/cancelled', params: { requestId: 2 } });
  const { data } = await until(resumed, (event) => event.includes('"logger":"cancel"'));
  expect(JSON.parse(data).params.data).toMatchObject({ stopped: true, requestId: 2 });
  await post({ id: 3, method: 'ping' }).then((response) =>
    until(response, (event) => event.includes('"id":3')),
  );
});
