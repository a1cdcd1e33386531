import { z } from '@hono/zod-openapi';
import type { Message } from '../../../store/records.ts';
import {
  ApprovalBodySchema,
  BranchBodySchema,
  EditBodySchema,
  OpenStepsSchema,
  RememberedListSchema,
  StoppedSchema,
} from '../contract/assistant.ts';
import { SaidSchema } from '../contract/bodies.ts';
import { MessageSchema, SessionSchema } from '../contract/records.ts';
import type { ApiPorts } from '../ports.ts';
import { jsonAnswer, jsonBody, operation, router } from './route.ts';
import { sessionBody } from './sessions.ts';

const params = z.object({ id: z.string().max(100) });
const ofMessage = params.extend({ messageId: z.string().max(100) });
const body = (message: Message) => message as z.infer<typeof MessageSchema>;
const said = (messages: readonly Message[]) => ({ messages: messages.map(body) });

/** The assistant's turns: stopped, continued, tried again, said otherwise, allowed. */
export function assistantRoutes({ assistant, store }: ApiPorts) {
  const app = router();

  app.openapi(
    operation({
      method: 'get',
      path: '/api/turns',
      summary: 'Turns that go on, or wait for a person, in any chat',
      responses: { 200: jsonAnswer('The step at which each of them is', OpenStepsSchema) },
    }),
    async (context) => {
      const seq = await store.changes.head();
      return context.json({ messages: (await assistant.openSteps()).map(body), seq }, 200);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/sessions/{id}/stop',
      summary: 'Stop generating; tasks go on',
      request: { params },
      responses: { 200: jsonAnswer('The step that was stopped', StoppedSchema) },
    }),
    async (context) => {
      const stopped = await assistant.stop(context.req.valid('param').id);
      return context.json({ message: stopped === undefined ? null : body(stopped) }, 200);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/sessions/{id}/messages/{messageId}/continue',
      summary: 'Go on with a turn that was interrupted, stopped or has failed',
      request: { params: ofMessage },
      responses: { 201: jsonAnswer('The step that goes on', SaidSchema) },
    }),
    async (context) => {
      const { id, messageId } = context.req.valid('param');
      return context.json(said(await assistant.continue(id, messageId)), 201);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/sessions/{id}/messages/{messageId}/retry',
      summary: 'Ask again; the answer is hidden with all that came later',
      request: { params: ofMessage },
      responses: { 201: jsonAnswer('What was hidden, and the new step', SaidSchema) },
    }),
    async (context) => {
      const { id, messageId } = context.req.valid('param');
      return context.json(said(await assistant.retry(id, messageId)), 201);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/sessions/{id}/messages/{messageId}/edit',
      summary: 'Say it otherwise; what was said is hidden with all that came later',
      request: { params: ofMessage, body: jsonBody(EditBodySchema) },
      responses: { 201: jsonAnswer('What was hidden, what is said now, and the new step', SaidSchema) },
    }),
    async (context) => {
      const { id, messageId } = context.req.valid('param');
      return context.json(said(await assistant.edit(id, messageId, context.req.valid('json').text)), 201);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/sessions/{id}/branch',
      summary: 'A new session with copies of all up to a message',
      request: { params, body: jsonBody(BranchBodySchema) },
      responses: { 201: jsonAnswer('The session', SessionSchema) },
    }),
    async (context) => {
      const branched = await assistant.branch(
        context.req.valid('param').id,
        context.req.valid('json').messageId,
      );
      return context.json(sessionBody(branched), 201);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/sessions/{id}/messages/{messageId}/approvals/{callId}',
      summary: 'Let a tool run that waits for it, or not; once',
      request: {
        params: ofMessage.extend({ callId: z.string().max(200) }),
        body: jsonBody(ApprovalBodySchema),
      },
      responses: { 200: jsonAnswer('The message as it is now', MessageSchema) },
    }),
    async (context) => {
      const { id, messageId, callId } = context.req.valid('param');
      return context.json(
        body(await assistant.approve(id, messageId, callId, context.req.valid('json'))),
        200,
      );
    },
  );

  app.openapi(
    operation({
      method: 'get',
      path: '/api/approvals',
      summary: 'Answers that hold from now on',
      responses: { 200: jsonAnswer('The answers', RememberedListSchema) },
    }),
    async (context) => context.json({ remembered: [...(await assistant.remembered())] }, 200),
  );

  app.openapi(
    operation({
      method: 'delete',
      path: '/api/approvals/{id}',
      summary: 'Ask again from now on',
      request: { params: z.object({ id: z.string().max(300) }) },
      responses: { 204: { description: 'Forgotten' } },
    }),
    async (context) => {
      await assistant.forget(context.req.valid('param').id);
      return context.body(null, 204);
    },
  );

  return app;
}
