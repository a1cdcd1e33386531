import { z } from '@hono/zod-openapi';
import type { ModelEntry, ModelTest, ModelView } from '../../../sources/model-directory.ts';
import {
  ModelBodySchema,
  ModelListSchema,
  ModelPatchSchema,
  ModelSchema,
  ModelTestSchema,
} from '../contract/models.ts';
import type { ApiPorts } from '../ports.ts';
import { jsonAnswer, jsonBody, operation, router } from './route.ts';

const params = z.object({ id: z.string().max(64) });
const shown = (view: ModelView) => view as z.infer<typeof ModelSchema>;
const tested = (test: ModelTest) => test as z.infer<typeof ModelTestSchema>;

/** The models of the assistant. */
export function modelRoutes({ models }: ApiPorts) {
  const app = router();

  app.openapi(
    operation({
      method: 'get',
      path: '/api/models',
      summary: 'The models that are set up, and what is known of usual servers',
      responses: { 200: jsonAnswer('The models', ModelListSchema) },
    }),
    async (context) =>
      context.json(
        {
          models: models.list().map(shown),
          presets: [...models.presets],
          configError: models.configError() ?? null,
        },
        200,
      ),
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/models',
      summary: 'Set up a model; the first one is the default',
      request: { body: jsonBody(ModelBodySchema) },
      responses: { 201: jsonAnswer('The model, without its key', ModelSchema) },
    }),
    async (context) => context.json(shown(await models.add(context.req.valid('json') as ModelEntry)), 201),
  );

  // Before those with an id, which would take `test` for one.
  app.openapi(
    operation({
      method: 'post',
      path: '/api/models/test',
      summary: 'Say a word to a model that is not saved',
      request: { body: jsonBody(ModelBodySchema) },
      responses: { 200: jsonAnswer('What came of it', ModelTestSchema) },
    }),
    async (context) =>
      context.json(
        tested(await models.testDraft(context.req.valid('json') as ModelEntry, context.req.raw.signal)),
        200,
      ),
  );

  app.openapi(
    operation({
      method: 'patch',
      path: '/api/models/{id}',
      summary: 'Change a model, or make it the default',
      request: { params, body: jsonBody(ModelPatchSchema) },
      responses: { 200: jsonAnswer('The model, without its key', ModelSchema) },
    }),
    async (context) =>
      context.json(shown(await models.change(context.req.valid('param').id, context.req.valid('json'))), 200),
  );

  app.openapi(
    operation({
      method: 'delete',
      path: '/api/models/{id}',
      summary: 'Forget a model and its key',
      request: { params },
      responses: { 204: { description: 'Forgotten' } },
    }),
    async (context) => {
      await models.remove(context.req.valid('param').id);
      return context.body(null, 204);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/models/{id}/test',
      summary: 'Say a word to a model, with unsaved changes if there are any',
      request: { params, body: { ...jsonBody(ModelPatchSchema), required: false } },
      responses: { 200: jsonAnswer('What came of it', ModelTestSchema) },
    }),
    async (context) => {
      const change = (context.req.valid('json') as z.infer<typeof ModelPatchSchema> | undefined) ?? {};
      return context.json(
        tested(await models.test(context.req.valid('param').id, change, context.req.raw.signal)),
        200,
      );
    },
  );

  return app;
}
