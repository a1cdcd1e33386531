import type { HookAddress } from '../../api/contract/types.ts';
import type { Shell } from './shell.ts';

/** The address of a hook on stdout, and what it is signed with on the line after it. */
export function tellHook({ stdout, stderr }: Shell, { hookUrl, hookSecret }: HookAddress): void {
  const what =
    hookSecret === undefined ? 'address is a secret and is' : 'address and what to sign with are secrets and';
  stderr.write(`Its ${what} told this once:\n`);
  stdout.write(`${hookUrl}\n${hookSecret === undefined ? '' : `${hookSecret}\n`}`);
}
