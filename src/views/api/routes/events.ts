import { z } from '@hono/zod-openapi';
import { AppError } from '../../../base/errors.ts';
import { eventStream } from '../event-stream.ts';
import type { ApiPorts } from '../ports.ts';
import { operation, router } from './route.ts';

const query = z.strictObject({
  after: z.string().max(20).optional(),
  session: z.string().max(100).optional(),
});

/** The change feed as server-sent events; the id of an event is its seq. */
export function eventRoutes({ feed, clock, host }: ApiPorts) {
  const app = router();
  app.openapi(
    operation({
      method: 'get',
      path: '/api/events',
      summary: 'Changes after a seq, then what comes next (SSE; Last-Event-ID resumes)',
      request: { query },
      responses: {
        200: {
          description:
            'Events: task, message, session, server, assignment, run, resync, ping; host (without an id)',
          content: { 'text/event-stream': { schema: z.string() } },
        },
      },
    }),
    (context) => {
      const { after, session } = context.req.valid('query');
      const reader = feed.read({
        after: parseSeq(context.req.header('last-event-id') ?? after),
        sessionId: session,
      });
      return new Response(eventStream(reader, host, clock, context.req.raw.signal), {
        headers: {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        },
      });
    },
  );
  return app;
}

function parseSeq(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seq = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seq))
    throw new AppError('invalid_request', 'after (or Last-Event-ID) must be a seq, a whole number.', {
      fields: [{ field: 'after', expected: 'a whole number' }],
    });
  return seq;
}
