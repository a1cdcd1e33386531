import { createHash, timingSafeEqual } from 'node:crypto';
import {
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  originValidationResponse,
} from '@modelcontextprotocol/server';

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

/**
 * Answers what may not come in: pages of other origins, names that only pretend to be this machine (DNS rebinding),
 * requests without the token. `undefined` for what may.
 */
export function httpGuard(options: { token: string; path: string; anyHost: boolean }) {
  const wanted = digest(`Bearer ${options.token}`);
  return (request: Request): Response | undefined => {
    const foreign =
      (options.anyHost ? undefined : hostHeaderValidationResponse(request, localhostAllowedHostnames())) ??
      originValidationResponse(request, localhostAllowedOrigins());
    if (foreign) return foreign;
    if (!timingSafeEqual(digest(request.headers.get('authorization') ?? ''), wanted))
      return new Response('A token is needed: Authorization: Bearer …\n', {
        status: 401,
        headers: { 'www-authenticate': 'Bearer' },
      });
    if (new URL(request.url).pathname !== options.path)
      return new Response(`Only ${options.path} is served here.\n`, { status: 404 });
    return undefined;
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
