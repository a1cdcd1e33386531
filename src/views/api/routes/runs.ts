import { z } from '@hono/zod-openapi';
import { AppError } from '../../../base/errors.ts';
import { usualDuration } from '../../../base/usual-duration.ts';
import { RunPageSchema, RunQuerySchema, RunStartedSchema } from '../contract/assignment-bodies.ts';
import { RunSchema } from '../contract/assignments.ts';
import type { ApiPorts } from '../ports.ts';
import { existing } from './assignments.ts';
import { jsonAnswer, operation, router } from './route.ts';

/** So many of the newest completed runs say what is usual. */
const RUNS_REMEMBERED = 50;

const params = z.object({ id: z.string().max(100) });
type Shown = z.infer<typeof RunSchema>;

/** The runs of assignments. */
export function runRoutes({ assignments, store }: ApiPorts) {
  const app = router();

  app.openapi(
    operation({
      method: 'post',
      path: '/api/assignments/{id}/run',
      summary: 'Fire an assignment now, whatever its state',
      request: { params },
      responses: { 202: jsonAnswer('The run', RunStartedSchema) },
    }),
    async (context) => {
      const begun = await assignments.run(context.req.valid('param').id);
      const run = (await store.runs.get(begun.id)) ?? begun; // it may have gone on already
      return context.json({ run: run as Shown }, 202);
    },
  );

  app.openapi(
    operation({
      method: 'get',
      path: '/api/assignments/{id}/runs',
      summary: 'The runs of an assignment, newest first, and how long they usually take',
      request: { params, query: RunQuerySchema },
      responses: { 200: jsonAnswer('A page of runs', RunPageSchema) },
    }),
    async (context) => {
      const { state, limit, cursor } = context.req.valid('query');
      const seq = await store.changes.head();
      const { id } = await existing(store, context.req.valid('param').id);
      const [page, durations] = await Promise.all([
        store.runs.list({ assignmentId: id, states: state, limit, cursor }),
        store.runs.durations(id, RUNS_REMEMBERED),
      ]);
      const usual = usualDuration(durations);
      const body = {
        runs: page.runs as Shown[],
        nextCursor: page.nextCursor ?? null,
        ...(usual && { usual }),
        seq,
      };
      return context.json(body, 200);
    },
  );

  app.openapi(
    operation({
      method: 'get',
      path: '/api/runs/{id}',
      summary: 'One run, with its steps',
      request: { params },
      responses: { 200: jsonAnswer('The run', RunSchema) },
    }),
    async (context) => {
      const { id } = context.req.valid('param');
      const run = await store.runs.get(id);
      if (run === undefined) throw new AppError('run_not_found', `There is no run ${id}.`);
      return context.json(run as Shown, 200);
    },
  );

  return app;
}
