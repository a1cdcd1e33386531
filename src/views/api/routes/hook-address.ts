import type { Context } from 'hono';
import type { HookKeys } from '../../../assignment/hook-keys.ts';

/** Below this, whoever calls is known by the secret in the address alone. */
export const HOOKS = '/api/hooks/';

/**
 * The whole address of a hook and what it is signed with, as whoever asks reaches this host: the Host and the Origin have been checked, and only
 * the Origin of a page knows of an HTTPS that ends before us.
 */
export const hookAddress = ({ req }: Context, { token, secret }: HookKeys) => ({
  hookUrl: `${req.header('origin') ?? new URL(req.url).origin}${HOOKS}${token}`,
  ...(secret !== undefined && { hookSecret: secret }),
});
