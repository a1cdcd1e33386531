import { z } from '@hono/zod-openapi';
import { AppError } from '../../../base/errors.ts';
import type { Message, Session } from '../../../store/records.ts';
import { ExportQuerySchema, SessionExportSchema, UsageSchema } from '../contract/assistant.ts';
import type { ApiPorts } from '../ports.ts';
import { sessionMarkdown } from '../session-markdown.ts';
import { sessionUsage } from '../session-usage.ts';
import { jsonAnswer, operation, router } from './route.ts';

const params = z.object({ id: z.string().max(100) });
const PAGE = 200;

/** A chat as a whole: to be kept, and what it has taken. */
export function sessionRecordRoutes({ store }: ApiPorts) {
  const app = router();

  async function whole(id: string): Promise<{ session: Session; messages: Message[] }> {
    const session = await store.sessions.get(id);
    if (session === undefined || session.deletedAt !== undefined)
      throw new AppError('session_not_found', `There is no session ${id}.`);
    let messages: Message[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.messages.list({
        sessionId: id,
        limit: PAGE,
        ...(cursor !== undefined && { cursor }),
      });
      messages = [...page.messages, ...messages];
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return { session, messages };
  }

  app.openapi(
    operation({
      method: 'get',
      path: '/api/sessions/{id}/export',
      summary: 'A session whole, as Markdown or JSON',
      request: { params, query: ExportQuerySchema },
      responses: {
        200: {
          description: 'The session',
          content: {
            'text/markdown': { schema: z.string() },
            'application/json': { schema: SessionExportSchema },
          },
        },
      },
    }),
    async (context) => {
      const { session, messages } = await whole(context.req.valid('param').id);
      const isJson = context.req.valid('query').format === 'json';
      context.header('content-disposition', `attachment; filename="${session.id}.${isJson ? 'json' : 'md'}"`);
      if (!isJson) {
        context.header('content-type', 'text/markdown; charset=utf-8');
        return context.body(sessionMarkdown(session, messages), 200) as never;
      }
      const body = { meanwhile: 'session' as const, version: 1 as const, session, messages };
      return context.json(body as z.infer<typeof SessionExportSchema>, 200);
    },
  );

  app.openapi(
    operation({
      method: 'get',
      path: '/api/sessions/{id}/usage',
      summary: 'What the assistant has taken in a session, as far as providers told',
      request: { params },
      responses: { 200: jsonAnswer('The sums', UsageSchema) },
    }),
    async (context) => context.json(sessionUsage((await whole(context.req.valid('param').id)).messages), 200),
  );

  return app;
}
