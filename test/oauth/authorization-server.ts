import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** How the authorization server behaves; a test may change it while it runs. */
export interface Behaviour {
  /** Answers the browser with this error instead of a code. */
  refuses?: string;
  /** The `iss` of the answer to the browser; `absent` sends none. Its own where nothing is said. */
  iss?: string;
  /** Refresh tokens are taken no more. */
  refusesRefresh?: boolean;
  withoutRegistration?: boolean;
  withoutRefreshTokens?: boolean;
}

/** What was asked of it. */
export interface Asked {
  registrations: Record<string, unknown>[];
  authorizations: URLSearchParams[];
  tokenRequests: { grant: string; params: URLSearchParams; authorization?: string }[];
  /** Headers of everything that it was sent. */
  headers: IncomingMessage['headers'][];
}

interface Code {
  readonly challenge: string;
  readonly redirect: string;
  readonly scope: string;
}

/** An authorization server with one user, who agrees at once: documents, registration, PKCE, refresh with rotation. */
export function authorizationServer(issuer: () => string, behaviour: Behaviour) {
  const asked: Asked = { registrations: [], authorizations: [], tokenRequests: [], headers: [] };
  const codes = new Map<string, Code>();
  const access = new Map<string, string>();
  const refresh = new Map<string, string>();

  function grant(scope: string) {
    const tokens = { access: randomUUID(), refresh: randomUUID() };
    access.set(tokens.access, scope);
    const isRefreshable = behaviour.withoutRefreshTokens !== true;
    if (isRefreshable) refresh.set(tokens.refresh, scope);
    return {
      access_token: tokens.access,
      token_type: 'Bearer',
      scope,
      ...(isRefreshable ? { refresh_token: tokens.refresh } : {}),
    };
  }

  function token(params: URLSearchParams) {
    const type = params.get('grant_type');
    if (type === 'client_credentials') return grant(params.get('scope') ?? '');
    if (type === 'refresh_token') {
      const held = params.get('refresh_token') ?? '';
      const scope = refresh.get(held);
      refresh.delete(held); // good for one use
      return scope === undefined || behaviour.refusesRefresh ? undefined : grant(scope);
    }
    const code = codes.get(params.get('code') ?? '');
    codes.delete(params.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(params.get('code_verifier') ?? '')
      .digest('base64url');
    if (code?.challenge !== challenge || code.redirect !== params.get('redirect_uri')) return undefined;
    return grant(code.scope);
  }

  function authorize(params: URLSearchParams): string {
    asked.authorizations.push(params);
    const back = new URL(params.get('redirect_uri') ?? '');
    back.searchParams.set('state', params.get('state') ?? '');
    if (behaviour.iss !== 'absent') back.searchParams.set('iss', behaviour.iss ?? issuer());
    if (behaviour.refuses !== undefined) back.searchParams.set('error', behaviour.refuses);
    else {
      const code = randomUUID();
      codes.set(code, {
        challenge: params.get('code_challenge') ?? '',
        redirect: params.get('redirect_uri') ?? '',
        scope: params.get('scope') ?? '',
      });
      back.searchParams.set('code', code);
    }
    return back.href;
  }

  const metadata = () => ({
    issuer: issuer(),
    authorization_endpoint: `${issuer()}/authorize`,
    token_endpoint: `${issuer()}/token`,
    ...(behaviour.withoutRegistration ? {} : { registration_endpoint: `${issuer()}/register` }),
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'private_key_jwt'],
    authorization_response_iss_parameter_supported: true,
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    asked.headers.push(request.headers);
    const json = (status: number, body: unknown) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (pathname === '/.well-known/oauth-authorization-server') return json(200, metadata());
    if (pathname === '/authorize')
      return void response.writeHead(302, { location: authorize(searchParams) }).end();
    const text = await bodyOf(request);
    if (pathname === '/register' && !behaviour.withoutRegistration) {
      const client = JSON.parse(text);
      asked.registrations.push(client);
      return json(201, { ...client, client_id: randomUUID(), token_endpoint_auth_method: 'none' });
    }
    if (pathname === '/token') {
      const params = new URLSearchParams(text);
      const { authorization } = request.headers;
      asked.tokenRequests.push({
        grant: params.get('grant_type') ?? '',
        params,
        ...(authorization === undefined ? {} : { authorization }),
      });
      const tokens = token(params);
      return tokens === undefined ? json(400, { error: 'invalid_grant' }) : json(200, tokens);
    }
    json(404, { error: 'nothing here' });
  }

  return {
    asked,
    answer,
    /** The rights that a token gives, while it is good. */
    scopeOf: (token: string): string | undefined => access.get(token),
    /** All access tokens run out now; refresh tokens stay good. */
    expireAll: () => access.clear(),
    tokens: () => [...access.keys(), ...refresh.keys()],
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}
