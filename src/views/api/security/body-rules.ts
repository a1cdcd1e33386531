import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { problem } from '../problem.ts';

const MAX_BODY_BYTES = 1024 * 1024;

/** A body is at most 1 MB. */
export const limitBody = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => problem('body_too_large', 'A body may hold at most 1 MB (1,048,576 bytes).'),
});

/** A body is JSON; a form of a foreign page cannot pose as one. */
export const requireJson: MiddlewareHandler = async (context, next) => {
  const { method } = context.req;
  const hasBody = context.req.header('content-length') !== '0' && context.req.raw.body !== null;
  if ((method === 'POST' || method === 'PATCH' || method === 'PUT') && hasBody) {
    const type = context.req.header('content-type') ?? '';
    if (!/^application\/(.+\+)?json\s*(;|$)/i.test(type))
      return problem('unsupported_media_type', 'Send the body as application/json.');
  }
  await next();
  return undefined;
};
