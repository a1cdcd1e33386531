import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiPorts } from './ports.ts';
import { problem, problemFrom } from './problem.ts';
import { assignmentDraftRoutes } from './routes/assignment-drafts.ts';
import { assignmentRoutes } from './routes/assignments.ts';
import { assistantRoutes } from './routes/assistant.ts';
import { eventRoutes } from './routes/events.ts';
import { followUpRoutes } from './routes/follow-ups.ts';
import { hookRoutes } from './routes/hooks.ts';
import { hostRoutes } from './routes/host.ts';
import { modelRoutes } from './routes/models.ts';
import { router } from './routes/route.ts';
import { runRoutes } from './routes/runs.ts';
import { serverRoutes } from './routes/servers.ts';
import { sessionRecordRoutes } from './routes/session-records.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { signInRoutes } from './routes/sign-ins.ts';
import { stopRoutes } from './routes/stop.ts';
import { taskRoutes } from './routes/tasks.ts';
import { limitBody, requireJson } from './security/body-rules.ts';
import { guard } from './security/guard.ts';
import { securityHeaders } from './security/headers.ts';

/** The HTTP API. Needs no port: `app.request(url)` answers too. */
export function createApi(ports: ApiPorts): OpenAPIHono {
  const app = router();
  app.use(securityHeaders);
  app.use(guard(ports));
  app.use('/api/*', limitBody, requireJson);
  for (const routes of [
    taskRoutes,
    sessionRoutes,
    sessionRecordRoutes,
    assistantRoutes,
    followUpRoutes,
    modelRoutes,
    serverRoutes,
    signInRoutes,
    assignmentDraftRoutes, // before those with an id, which would take `export` for one
    assignmentRoutes,
    runRoutes,
    hookRoutes,
    eventRoutes,
    hostRoutes,
    stopRoutes,
  ])
    app.route('/', routes(ports));
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Meanwhile', version: ports.version, description: 'Tasks appear by themselves.' },
  });
  refuseOtherMethods(app);
  app.all('/api/*', (context) => problem('not_found', `There is nothing at ${context.req.path}.`));
  app.onError((error, context) => problemFrom(error, ports.log, context));
  return app;
}

/** A path that is served answers 405 to the methods it is not served with, and names those it is. */
function refuseOtherMethods(app: OpenAPIHono) {
  const methods = new Map<string, Set<string>>();
  for (const { path, method } of app.routes) {
    const isServed = method !== 'ALL' && !path.includes('*') && !(method === 'POST' && path === '/api/tasks');
    if (!isServed) continue;
    methods.set(path, (methods.get(path) ?? new Set()).add(method));
  }
  for (const [path, served] of methods) {
    const allow = [...served].join(', ');
    app.all(path, () => {
      const answer = problem('method_not_allowed', `Served here: ${allow}.`);
      answer.headers.set('allow', allow);
      return answer;
    });
  }
}
