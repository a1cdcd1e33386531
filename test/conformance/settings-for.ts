import type { ServerEntry } from '../../src/sources/server-entry.ts';

/** What the suite hands a client beside the address. */
export interface Context {
  readonly toolCalls?: readonly { readonly name: string; readonly arguments: Record<string, unknown> }[];
  readonly client_id?: string;
  readonly client_secret?: string;
  readonly private_key_pem?: string;
  readonly signing_algorithm?: string;
}

/** The document that the suite wants a client to be known by where clients are known by documents. */
const CLIENT_DOCUMENT = 'https://conformance-test.local/client-metadata.json';

/** What a person would write under `meanwhile` for the server of this scenario. */
export function settingsFor(scenario: string, context: Context): ServerEntry['meanwhile'] {
  const { client_id: clientId, client_secret: clientSecret, private_key_pem: privateKey } = context;
  const byItself = scenario.startsWith('auth/client-credentials-');
  const document = scenario === 'auth/basic-cimd' ? { clientId: CLIENT_DOCUMENT } : {};
  return {
    oauth: {
      ...(byItself ? { grant: 'client_credentials' as const } : {}),
      ...(clientId === undefined ? document : { clientId }),
      ...(clientSecret === undefined ? {} : { clientSecret }),
      ...(privateKey === undefined ? {} : { privateKey, algorithm: context.signing_algorithm ?? 'ES256' }),
    },
  };
}
