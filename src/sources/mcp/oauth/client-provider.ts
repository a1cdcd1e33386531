import type {
  OAuthClientMetadata,
  OAuthClientProvider,
  OAuthDiscoveryState,
  StoredOAuthClientInformation,
} from '@modelcontextprotocol/client';
import { createPrivateKeyJwtAuth } from '@modelcontextprotocol/client';
import type { OAuthSettings } from '../../server-entry.ts';
import type { CredentialsFile } from './credentials-file.ts';

/** A sign-in that a person has begun in the browser and not yet come back from. */
export interface PendingSignIn {
  readonly state: string;
  readonly url: string;
  readonly verifier: string;
  /** Where it was begun; the answer must come from there. */
  readonly discovery: OAuthDiscoveryState | undefined;
  readonly startedAtMs: number;
}

/** On which part of the way the SDK asks: each remembers something else. */
export type Leg =
  /** A token is to be had without a person. `refused` throws: there is none. */
  | { readonly type: 'renew'; readonly refused: (authorizationUrl: URL) => never }
  /** A person is to be sent away; no token of before is used. */
  | {
      readonly type: 'begin';
      readonly state: string;
      readonly begun: (pending: Omit<PendingSignIn, 'startedAtMs'>) => void;
    }
  /** The person has come back. */
  | { readonly type: 'finish'; readonly pending: PendingSignIn };

/** What the SDK asks of an OAuth client, for one leg of the way. */
export function clientProvider(parts: {
  readonly settings: OAuthSettings;
  readonly redirectUrl: string;
  readonly credentials: CredentialsFile;
  readonly leg: Leg;
}): OAuthClientProvider {
  const { settings, redirectUrl, credentials, leg } = parts;
  const byItself = settings.grant === 'client_credentials';
  let verifier = '';
  let discovery: OAuthDiscoveryState | undefined;

  /** The registration that is kept; for a new sign-in only if it is for the address that we have now. */
  function registered(): StoredOAuthClientInformation | undefined {
    const { client, tokens } = credentials.current;
    const forRefresh = leg.type === 'renew' && tokens?.refresh_token !== undefined;
    return forRefresh || client?.redirectUrl === redirectUrl ? client?.information : undefined;
  }

  const metadata: OAuthClientMetadata = {
    client_name: 'Meanwhile',
    redirect_uris: byItself ? [] : [redirectUrl],
    grant_types: byItself ? ['client_credentials'] : ['authorization_code', 'refresh_token'],
    ...(byItself ? {} : { response_types: ['code'] }),
    ...(settings.scope === undefined ? {} : { scope: settings.scope }),
  };

  return {
    redirectUrl: byItself ? undefined : redirectUrl,
    clientMetadata: metadata,
    ...(settings.clientId === undefined
      ? {
          clientInformation: registered,
          saveClientInformation: (information) =>
            credentials.change({ client: { information, redirectUrl } }),
        }
      : { clientInformation: () => given(settings) }),
    ...(settings.privateKey === undefined ? {} : { addClientAuthentication: signedBy(settings) }),
    ...(byItself ? { prepareTokenRequest: clientCredentialsRequest } : {}),
    ...(leg.type === 'begin' ? { state: () => leg.state } : {}),
    tokens: () => (leg.type === 'begin' ? undefined : credentials.current.tokens),
    saveTokens(tokens) {
      // A refresh that brings no new refresh token leaves the old one good.
      const refresh_token = tokens.refresh_token ?? credentials.current.tokens?.refresh_token;
      const kept = refresh_token === undefined || byItself ? {} : { refresh_token };
      return credentials.change({ tokens: { ...tokens, ...kept } });
    },
    saveCodeVerifier(given) {
      verifier = given;
    },
    codeVerifier: () => (leg.type === 'finish' ? leg.pending.verifier : verifier),
    saveDiscoveryState(found) {
      discovery = found;
    },
    discoveryState: () => (leg.type === 'finish' ? leg.pending.discovery : undefined),
    redirectToAuthorization(url) {
      if (leg.type === 'renew') leg.refused(url);
      if (leg.type === 'begin') leg.begun({ state: leg.state, url: url.href, verifier, discovery });
    },
    async invalidateCredentials(what) {
      if (leg.type === 'finish') return; // what is kept was not asked about
      if (what === 'all' || what === 'tokens') await credentials.change({ tokens: undefined });
      if (what === 'all' || what === 'client') await credentials.change({ client: undefined });
    },
  };
}

const given = ({ clientId = '', clientSecret, issuer }: OAuthSettings): StoredOAuthClientInformation => ({
  client_id: clientId,
  ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
  ...(issuer === undefined ? {} : { issuer }),
});

const signedBy = ({ clientId = '', privateKey = '', algorithm = 'RS256' }: OAuthSettings) =>
  createPrivateKeyJwtAuth({ issuer: clientId, subject: clientId, privateKey, alg: algorithm });

function clientCredentialsRequest(scope?: string): URLSearchParams {
  return new URLSearchParams({ grant_type: 'client_credentials', ...(scope ? { scope } : {}) });
}
