import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { problem } from '../problem.ts';
import { HOOKS } from '../routes/hook-address.ts';

const OPEN_PATHS = new Set(['/healthz', '/readyz', '/api/signin']);

/** The cookie's value: derived from the token, so that the token itself does not lie in the browser. */
export const cookieValue = (token: string): string =>
  createHmac('sha256', token).update('meanwhile cookie').digest('base64url');

/** Takes as long for a near miss as for a far one; only how long the secret is can be learned, and that is known. */
export function sameSecret(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Checks Host (DNS rebinding) and Origin (foreign pages) on every request, and the token on all of the API.
 * The built pages and the probes are open: they hold nothing. So are hooks, whose addresses are secrets of their own.
 */
export function guard(options: {
  token: string;
  allowedHosts: ReadonlySet<string>;
  cookieName: string;
}): MiddlewareHandler {
  const { token, allowedHosts, cookieName } = options;
  const cookie = cookieValue(token);

  function isSignedIn(context: Context): boolean {
    const authorization = context.req.header('authorization');
    if (authorization !== undefined) {
      const bearer = /^Bearer (.+)$/i.exec(authorization)?.[1];
      return bearer !== undefined && sameSecret(bearer, token);
    }
    const given = getCookie(context, cookieName);
    return given !== undefined && sameSecret(given, cookie);
  }

  return async (context, next) => {
    const host = context.req.header('host')?.toLowerCase() ?? '';
    if (!allowedHosts.has(host))
      return problem('forbidden_host', `The Host “${host.slice(0, 100)}” is not served here.`);
    const origin = context.req.header('origin');
    if (
      origin !== undefined &&
      origin.toLowerCase() !== `http://${host}` &&
      origin.toLowerCase() !== `https://${host}`
    )
      return problem('forbidden_origin', `Pages of “${origin.slice(0, 100)}” may not talk to this host.`);
    const { path, method } = context.req;
    const guarded = path.startsWith('/api/') || path === '/metrics';
    const open = OPEN_PATHS.has(path) || (method === 'POST' && path.startsWith(HOOKS));
    if (guarded && !open && !isSignedIn(context))
      return problem(
        'unauthorized',
        'Open the link that `meanwhile start` printed, or send the token as a bearer.',
      );
    await next();
    return undefined;
  };
}
