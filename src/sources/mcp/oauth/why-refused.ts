import {
  AuthorizationServerMismatchError,
  InsecureTokenEndpointError,
  IssuerMismatchError,
  OAuthError,
  RegistrationRejectedError,
} from '@modelcontextprotocol/client';

/** The refusals of RFC 6749 and RFC 7591 in words. What else a server writes into an error is not repeated. */
const REFUSALS: Readonly<Record<string, string>> = {
  access_denied: 'it was refused there.',
  invalid_scope: 'the server does not know the rights that were asked for (invalid_scope).',
  invalid_client: 'the server does not accept this client (invalid_client).',
  invalid_grant: 'the server does not accept the code or token any more (invalid_grant).',
  unauthorized_client: 'the server does not let this client sign in so (unauthorized_client).',
  unsupported_response_type: 'the server does not offer this kind of sign-in (unsupported_response_type).',
  unsupported_grant_type: 'the server does not offer this kind of sign-in (unsupported_grant_type).',
  invalid_request: 'the server does not accept the request (invalid_request).',
  server_error: 'the server that signs in has a fault (server_error).',
  temporarily_unavailable: 'the server that signs in is not available now (temporarily_unavailable).',
};

/** Why a sign-in failed, in words for people and without anything that the other side could have put there. */
export function whyRefused(error: unknown): string {
  if (error instanceof IssuerMismatchError || error instanceof AuthorizationServerMismatchError)
    return 'the answer does not come from the server that was asked, so it was not believed.';
  if (error instanceof InsecureTokenEndpointError)
    return 'the server wants its tokens sent without encryption.';
  if (error instanceof OAuthError) return REFUSALS[error.code] ?? 'the server refused it.';
  if (error instanceof TypeError) return 'the server that signs in does not answer.';
  const { message } = error as Error;
  if (error instanceof RegistrationRejectedError || /dynamic client registration/i.test(message))
    return 'the server does not register new clients. Name one in mcp.json (meanwhile.oauth.clientId).';
  if (/resource .* does not match/i.test(message))
    return 'the sign-in that the server names belongs to another address.';
  return 'the server does not offer what is needed for it.';
}
