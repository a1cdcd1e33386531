import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { HostStateSchema, RestartSchema, StopBodySchema, StopPlanSchema } from '../contract/host.ts';
import type { ApiPorts } from '../ports.ts';
import { jsonAnswer, jsonBody, operation, router } from './route.ts';

/** Stopping the host with an eye on its work, and the account of what the restart before did to it. */
export function stopRoutes({ host }: ApiPorts) {
  const app = router();

  app.openapi(
    operation({
      method: 'get',
      path: '/api/host/stop',
      summary: 'What becomes of each running task when the host stops now',
      responses: { 200: jsonAnswer('The tasks by fate, and how the host stands', StopPlanSchema) },
    }),
    async (context) => context.json(await host.plan(), 200),
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/host/stop',
      summary: 'Stop the host: at once, or with `wait` when no work would be cut off any more',
      request: { body: jsonBody(StopBodySchema) },
      responses: { 202: jsonAnswer('What it does to the tasks', StopPlanSchema) },
    }),
    async (context) => {
      const { wait } = context.req.valid('json');
      return context.json(await host.stop(wait, answered(context)), 202);
    },
  );

  app.openapi(
    operation({
      method: 'delete',
      path: '/api/host/stop',
      summary: 'Take the waiting back: the host goes on',
      responses: { 200: jsonAnswer('How the host stands', HostStateSchema) },
    }),
    (context) => {
      host.keepRunning();
      return context.json(host.state(), 200);
    },
  );

  app.openapi(
    operation({
      method: 'get',
      path: '/api/host/restart',
      summary: 'What became of the work that ran when the host stopped; null once put away',
      responses: { 200: jsonAnswer('The account, or null', RestartSchema.nullable()) },
    }),
    async (context) => {
      const account = await host.restart.read();
      return context.json(account as z.infer<typeof RestartSchema> | null, 200);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/host/restart/seen',
      summary: 'Put the account of the restart away, for good',
      responses: { 204: { description: 'Put away' } },
    }),
    async (context) => {
      await host.restart.dismiss();
      return context.body(null, 204);
    },
  );

  return app;
}

/** Settles when the answer is on its way, or nobody waits for it any more. */
function answered(context: Context): Promise<void> {
  const { outgoing } = (context.env ?? {}) as { outgoing?: NodeJS.EventEmitter };
  if (outgoing === undefined) return Promise.resolve(); // asked without a connection
  return new Promise((resolve) => {
    outgoing.once('finish', resolve);
    outgoing.once('close', resolve);
  });
}
