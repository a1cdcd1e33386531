import { setCookie } from 'hono/cookie';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { STATUSES } from '../../../task/status.ts';
import { HealthSchema, SignInBodySchema, WelcomeSchema } from '../contract/bodies.ts';
import type { ApiPorts } from '../ports.ts';
import { problem } from '../problem.ts';
import { cookieValue, sameSecret } from '../security/guard.ts';
import { jsonAnswer, jsonBody, operation, router } from './route.ts';

const YEAR_S = 365 * 24 * 3_600;

/** Sign-in, health, metrics, and what the first page offers. */
export function hostRoutes({ store, welcome, token, cookieName, version }: ApiPorts) {
  const app = router();
  const cookieOptions = { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: YEAR_S } as const;

  app.get('/signin', (context) => {
    if (!sameSecret(context.req.query('token') ?? '', token)) return context.redirect('/?signin=failed');
    setCookie(context, cookieName, cookieValue(token), cookieOptions);
    // Not a redirect: a strict cookie is not sent along one that began on another site.
    return context.html(
      '<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Meanwhile</title>',
    );
  });

  app.openapi(
    operation({
      method: 'post',
      path: '/api/signin',
      summary: 'Exchange the token for a cookie',
      request: { body: jsonBody(SignInBodySchema) },
      responses: { 204: { description: 'Signed in' } },
    }),
    (context) => {
      if (!sameSecret(context.req.valid('json').token, token))
        return problem('unauthorized', 'This is not the token of this host.') as never;
      setCookie(context, cookieName, cookieValue(token), cookieOptions);
      return context.body(null, 204);
    },
  );

  app.openapi(
    operation({
      method: 'get',
      path: '/api/welcome',
      summary: 'What the first page offers',
      responses: { 200: jsonAnswer('A first backup that is real', WelcomeSchema) },
    }),
    async (context) => context.json(await welcome(), 200),
  );

  app.openapi(
    operation({
      method: 'get',
      path: '/healthz',
      summary: 'Whether the process answers',
      responses: { 200: jsonAnswer('It does', HealthSchema) },
    }),
    (context) => context.json({ status: 'ok' as const, version }, 200),
  );

  app.openapi(
    operation({
      method: 'get',
      path: '/readyz',
      summary: 'Whether the database answers too',
      responses: { 200: jsonAnswer('It does', HealthSchema), 503: jsonAnswer('It does not', HealthSchema) },
    }),
    async (context) => {
      try {
        await store.ping();
        return context.json({ status: 'ok' as const, version }, 200);
      } catch {
        return context.json({ status: 'unavailable' as const, version }, 503);
      }
    },
  );

  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'meanwhile_tasks',
    help: 'Tasks by status',
    labelNames: ['status'],
    registers: [registry],
    async collect() {
      const counts = await store.tasks.counts();
      for (const status of STATUSES) this.set({ status }, counts[status]);
    },
  });
  app.get('/metrics', async (context) =>
    context.body(await registry.metrics(), 200, { 'content-type': registry.contentType }),
  );

  return app;
}
