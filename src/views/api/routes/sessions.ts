import { z } from '@hono/zod-openapi';
import { AppError } from '../../../base/errors.ts';
import type { Session } from '../../../store/records.ts';
import { DraftBodySchema, DraftSettledSchema } from '../contract/assignment-bodies.ts';
import {
  MessagePageSchema,
  PageQuerySchema,
  SaidSchema,
  SayBodySchema,
  SessionBodySchema,
  SessionPageSchema,
  SessionPatchSchema,
} from '../contract/bodies.ts';
import { SessionSchema } from '../contract/records.ts';
import type { ApiPorts } from '../ports.ts';
import { hookAddress } from './hook-address.ts';
import { jsonAnswer, jsonBody, operation, router } from './route.ts';
import { sessionThatIs } from './session-that-is.ts';

const params = z.object({ id: z.string().max(100) });

/** The record as it travels: the same, without `readonly`. */
export const sessionBody = (session: Session) => session as z.infer<typeof SessionSchema>;

/** Chats and what is said in them. */
export function sessionRoutes({ store, chat, models }: ApiPorts) {
  const app = router();

  async function existing(id: string): Promise<Session> {
    const session = await store.sessions.get(id);
    if (session === undefined || session.deletedAt !== undefined)
      throw new AppError('session_not_found', `There is no session ${id}.`);
    return session;
  }

  app.openapi(
    operation({
      method: 'get',
      path: '/api/sessions',
      summary: 'Sessions, the newest change first',
      request: { query: PageQuerySchema },
      responses: { 200: jsonAnswer('A page of sessions', SessionPageSchema) },
    }),
    async (context) => {
      const seq = await store.changes.head();
      const [page, running] = await Promise.all([
        store.sessions.list(context.req.valid('query')),
        store.tasks.activeBySession(),
      ]);
      const sessions = page.sessions.map((session) => ({
        ...session,
        running: running.get(session.id) ?? 0,
      })) as z.infer<typeof SessionPageSchema>['sessions'];
      return context.json({ sessions, nextCursor: page.nextCursor ?? null, seq }, 200);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/sessions',
      summary: 'A new session',
      request: { body: { ...jsonBody(SessionBodySchema), required: false } },
      responses: { 201: jsonAnswer('The session', SessionSchema) },
    }),
    async (context) => {
      const body = context.req.valid('json') as { title?: string } | undefined;
      return context.json(sessionBody(await chat.createSession(body?.title)), 201);
    },
  );

  app.openapi(
    operation({
      method: 'get',
      path: '/api/sessions/{id}',
      summary: 'One session',
      request: { params },
      responses: { 200: jsonAnswer('The session', SessionSchema) },
    }),
    async (context) => context.json(sessionBody(await existing(context.req.valid('param').id)), 200),
  );

  app.openapi(
    operation({
      method: 'patch',
      path: '/api/sessions/{id}',
      summary: 'Rename a session, or choose its model and what the assistant may do in it',
      request: { params, body: jsonBody(SessionPatchSchema) },
      responses: { 200: jsonAnswer('The session', SessionSchema) },
    }),
    async (context) => {
      const change = context.req.valid('json');
      const { modelId } = change;
      if (modelId != null && !models.list().some(({ id }) => id === modelId))
        throw new AppError('model_not_found', `There is no model “${modelId}”.`);
      return context.json(sessionBody(await chat.changeSession(context.req.valid('param').id, change)), 200);
    },
  );

  app.openapi(
    operation({
      method: 'delete',
      path: '/api/sessions/{id}',
      summary: 'Delete a session; its running tasks go on',
      request: { params },
      responses: { 204: { description: 'Deleted' } },
    }),
    async (context) => {
      await chat.deleteSession(context.req.valid('param').id);
      return context.body(null, 204);
    },
  );

  app.openapi(
    operation({
      method: 'get',
      path: '/api/sessions/{id}/messages',
      summary: 'Messages, oldest first; the cursor leads to older ones',
      request: { params, query: PageQuerySchema },
      responses: { 200: jsonAnswer('A page of messages', MessagePageSchema) },
    }),
    async (context) => {
      const seq = await store.changes.head();
      const { id } = await existing(context.req.valid('param').id);
      const page = await store.messages.list({ sessionId: id, ...context.req.valid('query') });
      const messages = page.messages as z.infer<typeof MessagePageSchema>['messages'];
      return context.json({ messages, nextCursor: page.nextCursor ?? null, seq }, 200);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/sessions/{id}/messages',
      summary: 'Say something; a slash command is carried out',
      request: { params, body: jsonBody(SayBodySchema) },
      responses: { 201: jsonAnswer('The messages made at once', SaidSchema) },
    }),
    async (context) => {
      const said = await chat.say(context.req.valid('param').id, context.req.valid('json').text);
      return context.json({ messages: said as z.infer<typeof SaidSchema>['messages'] }, 201);
    },
  );

  app.openapi(
    operation({
      method: 'post',
      path: '/api/sessions/{id}/messages/{messageId}/draft',
      summary: 'Make an assignment of the draft in a message, or drop it; once',
      request: {
        params: params.extend({ messageId: z.string().max(100) }),
        body: jsonBody(DraftBodySchema),
      },
      responses: { 200: jsonAnswer('The message as it is now, and what was made', DraftSettledSchema) },
    }),
    async (context) => {
      const { id, messageId } = context.req.valid('param');
      const decision = context.req.valid('json');
      await sessionThatIs(store, decision.change?.sessionId);
      const { message, assignment, hook } = await chat.settleDraft(id, messageId, decision);
      const body = {
        message,
        ...(assignment && { assignment }),
        ...(hook && hookAddress(context, hook)),
      };
      return context.json(body as z.infer<typeof DraftSettledSchema>, 200);
    },
  );

  return app;
}
