import type { Context, MiddlewareHandler } from 'hono';
import { problem } from '../problem.ts';

const MAX_BODY_BYTES = 1024 * 1024;

/**
 * A body is at most 1 MB. Its length must be told beforehand (as every browser and `fetch` does), so that a large
 * one is refused before any of it is read.
 */
export const limitBody: MiddlewareHandler = async (context, next) => {
  const length = context.req.header('content-length');
  const unknownLength = length === undefined && context.req.header('transfer-encoding') !== undefined;
  if (unknownLength || Number(length ?? 0) > MAX_BODY_BYTES)
    return problem(
      'body_too_large',
      unknownLength
        ? 'Send the body with a Content-Length; it may hold at most 1 MB.'
        : 'A body may hold at most 1 MB (1,048,576 bytes).',
    );
  await next();
  return undefined;
};

const WITH_BODY = new Set(['POST', 'PATCH', 'PUT']);

/** The length tells; to look at the body itself costs more than all the rest of a small request. */
function hasBody({ req }: Context): boolean {
  const length = req.header('content-length');
  return length === undefined ? req.raw.body !== null : length !== '0';
}

/** A body is JSON; a form of a foreign page cannot pose as one. */
export const requireJson: MiddlewareHandler = async (context, next) => {
  const { method } = context.req;
  if (WITH_BODY.has(method) && hasBody(context)) {
    const type = context.req.header('content-type') ?? '';
    if (!/^application\/(.+\+)?json\s*(;|$)/i.test(type))
      return problem('unsupported_media_type', 'Send the body as application/json.');
  }
  await next();
  return undefined;
};
