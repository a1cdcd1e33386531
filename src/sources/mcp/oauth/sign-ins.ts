import type { Clock } from '../../../base/clock.ts';
import type { ServerEntry } from '../../server-entry.ts';
import { openCredentials, removeCredentials } from './credentials-file.ts';
import { createServerSignIn, type ServerSignIn } from './server-sign-in.ts';

/** Where credentials are kept, and where a person comes back to after signing in. */
export interface SignInPlace {
  /** Of the files, one for each server. */
  readonly folder: string;
  /** Known once the host serves. */
  readonly redirectUrl: () => string;
}

/** The sign-ins of all servers. */
export interface SignIns {
  /**
   * What belongs to one server; nothing for programs of ours, and where mcp.json names an authorization itself.
   * @param entry expanded: no `${VAR}` left
   */
  of(
    name: string,
    entry: ServerEntry,
    tell: { readonly needed: () => void; readonly signedIn: () => void },
  ): ServerSignIn | undefined;
  forget(name: string): Promise<void>;
}

export function createSignIns({ folder, redirectUrl }: SignInPlace, clock: Clock): SignIns {
  return {
    of(name, { url, headers = {}, meanwhile }, tell) {
      const isGiven = Object.keys(headers).some((header) => header.toLowerCase() === 'authorization');
      if (url === undefined || isGiven) return undefined;
      return createServerSignIn({
        url,
        headers,
        settings: meanwhile?.oauth ?? {},
        redirectUrl,
        credentials: openCredentials(folder, name, url),
        clock,
        ...tell,
      });
    },
    forget: (name) => removeCredentials(folder, name),
  };
}
