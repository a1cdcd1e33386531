import { z } from '@hono/zod-openapi';
import { AppError } from '../../../base/errors.ts';
import type { ServerView } from '../../../store/records.ts';
import {
  CallAnswerSchema,
  CallBodySchema,
  ServerBodySchema,
  ServerListSchema,
  ServerPatchSchema,
  ServerReportSchema,
  ServerTestBodySchema,
} from '../contract/bodies.ts';
import { ServerSchema } from '../contract/records.ts';
import type { ApiPorts } from '../ports.ts';
import { jsonAnswer, jsonBody, operation, router } from './route.ts';
import { sessionThatIs } from './session-that-is.ts';

const params = z.object({ name: z.string().max(100) });

/** The connected servers and their tools. */
export function serverRoutes({ servers, calls, tester, chat, store }: ApiPorts) {
  const app = router();
  type Shown = z.infer<typeof ServerSchema>;
  const shown = (view: ServerView) => view as Shown;

  app.openapi(
    operation({
      method: 'get',
      path: '/api/servers',
      summary: 'All servers, with state and tools',
      responses: { 200: jsonAnswer('The servers', ServerListSchema) },
    }),
    async (context) => {
      const seq = await store.changes.head();
      const list = servers.list().map(shown);
      return context.json({ servers: list, configError: servers.configError() ?? null, seq }, 200);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/servers',
      summary: 'Add a server to mcp.json',
      request: { body: jsonBody(ServerBodySchema) },
      responses: { 201: jsonAnswer('The server', ServerSchema) },
    }),
    async (context) => {
      const { name, enabled, ...entry } = context.req.valid('json');
      const view = await servers.add(name, withEnabled(entry, enabled));
      return context.json(shown(view), 201);
    },
  );

  app.openapi(
    operation({
      method: 'get',
      path: '/api/servers/{name}',
      summary: 'One server',
      request: { params },
      responses: { 200: jsonAnswer('The server', ServerSchema) },
    }),
    async (context) => {
      const { name } = context.req.valid('param');
      const view = servers.get(name);
      if (view === undefined) throw new AppError('server_not_found', `There is no server “${name}”.`);
      return context.json(shown(view), 200);
    },
  );

  app.openapi(
    operation({
      method: 'patch',
      path: '/api/servers/{name}',
      summary: 'Change a server in mcp.json, or turn it on or off',
      request: { params, body: jsonBody(ServerPatchSchema) },
      responses: { 200: jsonAnswer('The server', ServerSchema) },
    }),
    async (context) => {
      const { enabled, ...entry } = context.req.valid('json');
      const view = await servers.change(context.req.valid('param').name, withEnabled(entry, enabled));
      return context.json(shown(view), 200);
    },
  );

  app.openapi(
    operation({
      method: 'delete',
      path: '/api/servers/{name}',
      summary: 'Take a server out of mcp.json',
      request: { params },
      responses: { 204: { description: 'Removed' } },
    }),
    async (context) => {
      await servers.remove(context.req.valid('param').name);
      return context.body(null, 204);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/servers/{name}/retry',
      summary: 'Connect now instead of at the end of the pause',
      request: { params },
      responses: { 202: jsonAnswer('The server', ServerSchema) },
    }),
    async (context) => context.json(shown(await servers.retry(context.req.valid('param').name)), 202),
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/servers/{name}/test',
      summary: 'Test a server on a connection of its own; with a tool, by using it twice',
      request: { params, body: { ...jsonBody(ServerTestBodySchema), required: false } },
      responses: { 200: jsonAnswer('What was seen', ServerReportSchema) },
    }),
    async (context) => {
      const what = (context.req.valid('json') ?? {}) as z.infer<typeof ServerTestBodySchema>;
      const report = await tester.test(context.req.valid('param').name, what, context.req.raw.signal);
      return context.json(report as z.infer<typeof ServerReportSchema>, 200);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/servers/{name}/tools/{tool}',
      summary: 'Call a tool; answers when the call has ended or has become a task',
      request: { params: params.extend({ tool: z.string().max(200) }), body: jsonBody(CallBodySchema) },
      responses: { 200: jsonAnswer('The result, or the task', CallAnswerSchema) },
    }),
    async (context) => {
      const { name, tool } = context.req.valid('param');
      const { arguments: args, sessionId } = context.req.valid('json');
      await sessionThatIs(store, sessionId);
      const session = sessionId ?? (async () => (await chat.directSession()).id);
      const answer = await calls.call({ server: name, tool, arguments: args, sessionId: session });
      return context.json(answer as z.infer<typeof CallAnswerSchema>, 200);
    },
  );

  return app;
}

/** `enabled` stands beside the entry in the contract, and under `meanwhile` in the file. */
function withEnabled<E extends { meanwhile?: object }>(entry: E, enabled: boolean | undefined): E {
  return enabled === undefined ? entry : { ...entry, meanwhile: { ...entry.meanwhile, enabled } };
}
