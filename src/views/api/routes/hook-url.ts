import type { Context } from 'hono';

/** Below this, whoever calls is known by the secret in the address alone. */
export const HOOKS = '/api/hooks/';

/**
 * The whole address of a hook, as whoever asks reaches this host: the Host and the Origin have been checked, and only
 * the Origin of a page knows of an HTTPS that ends before us.
 */
export const hookUrl = ({ req }: Context, token: string): string =>
  `${req.header('origin') ?? new URL(req.url).origin}${HOOKS}${token}`;
