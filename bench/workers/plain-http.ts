import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { answer } from '../rig/answer.ts';

/* The same HTTP server as the host's, with handlers that do nothing: what HTTP itself costs. */

const app = new Hono();
app.get('/', (context) => context.json({}));
app.post('/', async (context) => context.json(await context.req.json()));
const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));

answer({
  start: () =>
    new Promise<string>((resolve) =>
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
      }),
    ),
});
