import { randomBytes } from 'node:crypto';
import {
  type AuthProvider,
  auth,
  computeScopeUnion,
  extractWWWAuthenticateParams,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import type { Clock } from '../../../base/clock.ts';
import { AppError } from '../../../base/errors.ts';
import type { OAuthSettings } from '../../server-entry.ts';
import type { TransportAuthorization } from '../transport/make-transport.ts';
import { clientProvider, type Leg, type PendingSignIn } from './client-provider.ts';
import type { CredentialsFile } from './credentials-file.ts';
import { oauthFetch } from './oauth-fetch.ts';
import { NoWayToSignIn, SignInNeeded } from './sign-in-needed.ts';
import { whyRefused } from './why-refused.ts';

/** How long a person may take in the browser. */
const PATIENCE_MS = 15 * 60_000;

/** The sign-in to one server: what its transports need to be let in, and a person's way through it. */
export interface ServerSignIn extends TransportAuthorization {
  isSignedIn(): boolean;
  /**
   * Begins a sign-in.
   * @returns the address to open in a browser
   * @throws {AppError} `sign_in_not_offered`, `sign_in_failed`
   */
  begin(): Promise<string>;
  /** Whether this is the state of the sign-in that was begun; it is good for one return. */
  isWaitingFor(state: string): boolean;
  /** The person has come back with these parameters. @throws {AppError} `sign_in_failed` */
  finish(query: URLSearchParams): Promise<void>;
  signOut(): Promise<void>;
}

export function createServerSignIn(parts: {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly settings: OAuthSettings;
  readonly redirectUrl: () => string;
  readonly credentials: CredentialsFile;
  readonly clock: Clock;
  /** The server asks for a sign-in; `signedIn`: it has got one. */
  readonly needed: () => void;
  readonly signedIn: () => void;
}): ServerSignIn {
  const { url, headers, settings, redirectUrl, credentials, clock, needed, signedIn } = parts;
  const byItself = settings.grant === 'client_credentials';
  const usedToken = new WeakMap<Response, string>();
  let resourceMetadataUrl: URL | undefined;
  let wantedScope: string | undefined;
  let renewing: Promise<void> | undefined;
  let pending: PendingSignIn | undefined;

  const provider = (leg: Leg) => clientProvider({ settings, redirectUrl: redirectUrl(), credentials, leg });

  /** Runs one leg of the way, with sockets that are gone when it settles. */
  async function go(leg: Leg, scope: string | undefined): Promise<void> {
    const own = oauthFetch(url, headers);
    try {
      const options = { serverUrl: url, fetchFn: own.fetch };
      await auth(provider(leg), {
        ...options,
        ...(resourceMetadataUrl && { resourceMetadataUrl }),
        ...(scope && { scope }),
      });
    } finally {
      await own.dispose();
    }
  }

  /** Gets a token without a person: by the refresh token, or by the client's own credentials. */
  async function renew(scope: string | undefined): Promise<void> {
    const refused = (authorizationUrl: URL): never => {
      wantedScope = authorizationUrl.searchParams.get('scope') ?? undefined;
      needed();
      throw new SignInNeeded();
    };
    try {
      await go({ type: 'renew', refused }, settings.scope ?? scope);
    } catch (error) {
      throw error instanceof SignInNeeded ? error : new NoWayToSignIn(whyRefused(error), error);
    }
  }

  const authProvider: AuthProvider = {
    token: async () => credentials.current.tokens?.access_token,
    async onUnauthorized({ response }) {
      const challenge = extractWWWAuthenticateParams(response);
      resourceMetadataUrl = challenge.resourceMetadataUrl ?? resourceMetadataUrl;
      // Calls run side by side, and a refresh token may be good for one use: one of them renews for all.
      if (usedToken.get(response) !== credentials.current.tokens?.access_token) return;
      renewing ??= renew(challenge.scope).finally(() => {
        renewing = undefined;
      });
      await renewing;
    },
  };

  /** A server that let us in may want more rights for some of its tools. */
  function lookForMoreScope(response: Response): void {
    const { error, scope, ...challenge } = extractWWWAuthenticateParams(response);
    if (error !== 'insufficient_scope' || byItself) return;
    resourceMetadataUrl = challenge.resourceMetadataUrl ?? resourceMetadataUrl;
    const wanted = computeScopeUnion(credentials.current.tokens?.scope, wantedScope, scope);
    if (wanted !== wantedScope) pending = undefined; // one that was begun asks for less
    wantedScope = wanted;
    needed();
  }

  return {
    authProvider,
    asksPerson: !byItself,
    watch: (fetch) => async (input, init) => {
      const response = await fetch(input, init);
      const bearer = new Headers(init?.headers).get('authorization')?.replace(/^Bearer /i, '');
      if (response.status === 401 && bearer !== undefined) usedToken.set(response, bearer);
      if (response.status === 403) lookForMoreScope(response);
      return response;
    },
    isSignedIn: () => !byItself && credentials.current.tokens !== undefined,
    async begin() {
      if (byItself)
        throw new AppError('sign_in_not_offered', 'This server is signed in to without a person.');
      if (pending !== undefined && clock.now() - pending.startedAtMs < PATIENCE_MS) return pending.url;
      pending = undefined;
      const state = randomBytes(32).toString('base64url');
      const begun = (begun: Omit<PendingSignIn, 'startedAtMs'>) => {
        pending = { ...begun, startedAtMs: clock.now() };
      };
      try {
        await go({ type: 'begin', state, begun }, settings.scope ?? wantedScope);
      } catch (error) {
        throw failed('The sign-in could not be begun', error);
      }
      const address = (pending as PendingSignIn | undefined)?.url ?? '';
      if (!/^https?:$/.test(URL.parse(address)?.protocol ?? ''))
        throw new AppError('sign_in_failed', 'The server names no web page to sign in on.');
      return address;
    },
    isWaitingFor: (state) => pending?.state === state && clock.now() - pending.startedAtMs < PATIENCE_MS,
    async finish(query) {
      const waiting = pending;
      pending = undefined; // good for one return
      if (waiting === undefined) throw new AppError('sign_in_failed', 'No sign-in was begun.');
      const own = oauthFetch(url, headers);
      const authorized = provider({ type: 'finish', pending: waiting });
      try {
        const transport = new StreamableHTTPClientTransport(new URL(url), {
          authProvider: authorized,
          fetch: own.fetch,
        });
        await transport.finishAuth(query); // checks who answers (RFC 9207) before it believes the answer
      } catch (error) {
        throw failed('The sign-in did not succeed', error);
      } finally {
        await own.dispose();
      }
      wantedScope = undefined;
      signedIn();
    },
    async signOut() {
      pending = undefined;
      await credentials.change({ tokens: undefined });
    },
  };
}

const failed = (what: string, error: unknown): AppError =>
  new AppError('sign_in_failed', `${what}: ${whyRefused(error)}`, { cause: error });
