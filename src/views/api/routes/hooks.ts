import { z } from '@hono/zod-openapi';
import { HookAnswerSchema } from '../contract/assignment-bodies.ts';
import type { ApiPorts } from '../ports.ts';
import { problem } from '../problem.ts';
import { jsonAnswer, operation, router } from './route.ts';

// Not judged here: whatever is no token of ours gets the same answer in the same time.
const params = z.object({ token: z.string() });

/**
 * Where the outside tells that something happened. It comes without our token: the secret in the address is what lets
 * it in, and it learns nothing but that it was heard.
 */
export function hookRoutes({ assignments }: ApiPorts) {
  const app = router();

  app.openapi(
    operation({
      method: 'post',
      path: '/api/hooks/{token}',
      summary: 'Tell an assignment of an event: JSON, a form or a text, at most 256 KB; needs no sign-in',
      request: { params },
      responses: { 202: jsonAnswer('Whether it is new; on disk', HookAnswerSchema) },
    }),
    async (context) => {
      const body = await context.req.text();
      const answer = await assignments.hook(context.req.valid('param').token, {
        headers: context.req.raw.headers,
        body,
      });
      if (answer === undefined)
        return problem('hook_not_found', 'There is no hook at this address.') as never;
      return context.json({ accepted: answer.accepted }, 202);
    },
  );

  return app;
}
