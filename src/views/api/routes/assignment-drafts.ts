import type { z } from '@hono/zod-openapi';
import { isoNow } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import {
  ExportSchema,
  ImportBodySchema,
  ImportedSchema,
  TriedSchema,
  TryBodySchema,
} from '../contract/assignment-bodies.ts';
import { DraftSchema, PreviewSchema } from '../contract/draft.ts';
import type { ApiPorts } from '../ports.ts';
import { jsonAnswer, jsonBody, operation, router } from './route.ts';
import { sessionThatIs } from './session-that-is.ts';

/** Drafts of assignments: what would come of one, trying it out, and moving them all elsewhere. */
export function assignmentDraftRoutes({ assignments, store, clock }: ApiPorts) {
  const app = router();

  app.openapi(
    operation({
      method: 'post',
      path: '/api/assignments/preview',
      summary: 'What would come of a draft; nothing is saved',
      request: { body: jsonBody(DraftSchema) },
      responses: { 200: jsonAnswer('What was understood', PreviewSchema) },
    }),
    async (context) => {
      const draft = context.req.valid('json');
      await sessionThatIs(store, draft.sessionId);
      return context.json((await assignments.preview(draft)) as z.infer<typeof PreviewSchema>, 200);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/assignments/try',
      summary: 'Run a draft once now; nothing is saved',
      request: { body: jsonBody(TryBodySchema) },
      responses: { 202: jsonAnswer('The task of its run, and where it is told', TriedSchema) },
    }),
    async (context) => {
      const { draft, event } = context.req.valid('json');
      await sessionThatIs(store, draft.sessionId);
      const accepted = event && { ...event, id: event.id ?? newId('evt'), at: event.at ?? isoNow(clock) };
      return context.json(await assignments.tryNow(draft, accepted), 202);
    },
  );

  app.openapi(
    operation({
      method: 'get',
      path: '/api/assignments/export',
      summary: 'All assignments, to be kept or moved; without the secrets of their hooks',
      responses: { 200: jsonAnswer('The assignments as drafts', ExportSchema) },
    }),
    async (context) => context.json((await assignments.export()) as z.infer<typeof ExportSchema>, 200),
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/assignments/import',
      summary: 'Make the assignments of an export that are not there yet, paused',
      request: { body: jsonBody(ImportBodySchema) },
      responses: {
        200: jsonAnswer('How many were made, and what was wrong with the others', ImportedSchema),
      },
    }),
    async (context) => {
      const { made, skipped } = await assignments.import(context.req.valid('json'));
      return context.json({ made, skipped: [...skipped] }, 200);
    },
  );

  return app;
}
