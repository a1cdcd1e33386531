import type { z } from '@hono/zod-openapi';
import type { Session } from '../../../store/records.ts';
import { SearchPageSchema, SearchQuerySchema } from '../contract/search.ts';
import { excerptOf } from '../excerpt.ts';
import type { ApiPorts } from '../ports.ts';
import { jsonAnswer, operation, router } from './route.ts';
import { sessionBody } from './sessions.ts';

const TITLES = 10;

/** Finds chats by their titles and by what is said in them. */
export function searchRoutes({ store }: ApiPorts) {
  const app = router();

  app.openapi(
    operation({
      method: 'get',
      path: '/api/search',
      summary: 'Chats whose titles hold these words, and messages that do',
      request: { query: SearchQuerySchema },
      responses: { 200: jsonAnswer('A page of what was found', SearchPageSchema) },
    }),
    async (context) => {
      const { q, limit, cursor } = context.req.valid('query');
      const isFirst = cursor === undefined;
      const [titles, page] = await Promise.all([
        isFirst ? store.sessions.list({ words: q, limit: TITLES }) : { sessions: [] },
        store.messages.search({ words: q, limit, ...(isFirst ? {} : { cursor }) }),
      ]);
      const ids = [...new Set(page.found.map(({ message }) => message.sessionId))];
      const found = await Promise.all(ids.map((id) => store.sessions.get(id)));
      const sessions = new Map(found.flatMap((session) => (session ? [[session.id, session] as const] : [])));
      const titleOf = (id: string) => (sessions.get(id) as Session | undefined)?.title ?? '';
      const hits = page.found.map(({ message, text }) => ({
        sessionId: message.sessionId,
        sessionTitle: titleOf(message.sessionId),
        messageId: message.id,
        role: message.role,
        at: message.createdAt,
        excerpt: excerptOf(text, q) as z.infer<typeof SearchPageSchema>['hits'][number]['excerpt'],
      }));
      return context.json(
        { sessions: titles.sessions.map(sessionBody), hits, nextCursor: page.nextCursor ?? null },
        200,
      );
    },
  );

  return app;
}
