import { z } from '@hono/zod-openapi';
import type { FollowUp } from '../../../sources/assistant-control.ts';
import {
  FollowUpBodySchema,
  FollowUpListSchema,
  FollowUpPatchSchema,
  FollowUpSchema,
  MuteBodySchema,
} from '../contract/assistant.ts';
import type { ApiPorts } from '../ports.ts';
import { jsonAnswer, jsonBody, operation, router } from './route.ts';

const params = z.object({ id: z.string().max(100) });
const shown = (followUp: FollowUp) => followUp as z.infer<typeof FollowUpSchema>;

/** What follows from a task: what is to be said then, and whether the assistant takes a turn. */
export function followUpRoutes({ assistant }: ApiPorts) {
  const app = router();

  app.openapi(
    operation({
      method: 'get',
      path: '/api/tasks/{id}/follow-ups',
      summary: 'Follow-ups that wait, the oldest first',
      request: { params },
      responses: { 200: jsonAnswer('The follow-ups', FollowUpListSchema) },
    }),
    async (context) => {
      const { id } = context.req.valid('param');
      const followUps = (await assistant.followUps(id)).map(shown);
      return context.json({ followUps, ...(await assistant.reaction(id)) }, 200);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/tasks/{id}/follow-ups',
      summary: 'Note what is to be said in its chat when a running task has come so far',
      request: { params, body: jsonBody(FollowUpBodySchema) },
      responses: { 201: jsonAnswer('The follow-up', FollowUpSchema) },
    }),
    async (context) => {
      const { id } = context.req.valid('param');
      return context.json(shown(await assistant.addFollowUp(id, context.req.valid('json'), 'person')), 201);
    },
  );

  app.openapi(
    operation({
      method: 'patch',
      path: '/api/tasks/{id}/follow-ups/{followUpId}',
      summary: 'Change a follow-up that waits',
      request: {
        params: params.extend({ followUpId: z.string().max(100) }),
        body: jsonBody(FollowUpPatchSchema),
      },
      responses: { 200: jsonAnswer('The follow-up', FollowUpSchema) },
    }),
    async (context) => {
      const { id, followUpId } = context.req.valid('param');
      const { when, text } = context.req.valid('json');
      const change = { ...(when !== undefined && { when }), ...(text !== undefined && { text }) };
      return context.json(shown(await assistant.changeFollowUp(id, followUpId, change)), 200);
    },
  );

  app.openapi(
    operation({
      method: 'delete',
      path: '/api/tasks/{id}/follow-ups/{followUpId}',
      summary: 'Drop a follow-up',
      request: { params: params.extend({ followUpId: z.string().max(100) }) },
      responses: { 204: { description: 'Dropped' } },
    }),
    async (context) => {
      const { id, followUpId } = context.req.valid('param');
      await assistant.removeFollowUp(id, followUpId);
      return context.body(null, 204);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/tasks/{id}/mute',
      summary: 'Whether the assistant takes no turn when this task ends',
      request: { params, body: jsonBody(MuteBodySchema) },
      responses: { 204: { description: 'Noted' } },
    }),
    async (context) => {
      await assistant.mute(context.req.valid('param').id, context.req.valid('json').muted);
      return context.body(null, 204);
    },
  );

  return app;
}
