import type { Context, MiddlewareHandler } from 'hono';
import { problem } from '../problem.ts';
import { HOOKS } from '../routes/hook-address.ts';

const KB = 1024;
const limitOf = (path: string) =>
  path.startsWith(HOOKS)
    ? { bytes: 256 * KB, words: '256 KB (262,144 bytes)' }
    : { bytes: 1024 * KB, words: '1 MB (1,048,576 bytes)' };

/**
 * A body is at most 1 MB, of a hook 256 KB. Its length must be told beforehand (as every browser and `fetch` does), so
 * that a large one is refused before any of it is read.
 */
export const limitBody: MiddlewareHandler = async (context, next) => {
  const { bytes, words } = limitOf(context.req.path);
  const length = context.req.header('content-length');
  const unknownLength = length === undefined && context.req.header('transfer-encoding') !== undefined;
  if (unknownLength || Number(length ?? 0) > bytes)
    return problem(
      'body_too_large',
      `${unknownLength ? 'Send the body with a Content-Length; it' : 'A body'} may hold at most ${words}.`,
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

const JSON_TYPE = /^application\/(.+\+)?json\s*(;|$)/i;
const HOOK_TYPE = /^(application\/((.+\+)?json|x-www-form-urlencoded)|text\/plain)\s*(;|$)/i;

/** A body is JSON; a form of a foreign page cannot pose as one. What comes to a hook may be a form or a text. */
export const requireJson: MiddlewareHandler = async (context, next) => {
  const { method, path } = context.req;
  if (WITH_BODY.has(method) && hasBody(context)) {
    const type = context.req.header('content-type');
    const isHook = path.startsWith(HOOKS);
    if (isHook ? !HOOK_TYPE.test(type ?? 'text/plain') : !JSON_TYPE.test(type ?? ''))
      return problem(
        'unsupported_media_type',
        isHook
          ? 'Send the body as application/json, application/x-www-form-urlencoded or text/plain.'
          : 'Send the body as application/json.',
      );
  }
  await next();
  return undefined;
};
