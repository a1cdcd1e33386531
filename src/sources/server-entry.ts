import { z } from 'zod';

const strings = z.record(z.string(), z.string());

/** How a server is signed in to, where it does not tell us all of it. */
const OAuthSchema = z.strictObject({
  /** `client_credentials`: as this client itself, without a person. */
  grant: z.enum(['authorization_code', 'client_credentials']).optional(),
  clientId: z.string().min(1).optional(),
  clientSecret: z.string().min(1).optional(),
  /** Signs in by a signature (private_key_jwt) instead of a secret. PEM, PKCS #8. */
  privateKey: z.string().min(1).optional(),
  /** Of the signature; RS256 where none is named. */
  algorithm: z.string().min(1).optional(),
  scope: z.string().min(1).optional(),
  /** The authorization server that the client belongs to; no other one gets to see its secret. */
  issuer: z.url().optional(),
});

export type OAuthSettings = z.infer<typeof OAuthSchema>;

export const SETTINGS = 50;
const SETTING_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}$/;
const settingName = z.string().regex(SETTING_NAME, 'a name of letters, digits, -, _ and ., at most 64');

/** Ours, beside the entry that other hosts know. Times in milliseconds; 0 turns a limit off. */
const MeanwhileSchema = z.strictObject({
  enabled: z.boolean().optional(),
  title: z.string().max(100).optional(),
  description: z.string().max(500).optional(),
  /** What is known of the server's tools: `none` cannot stop, `confirmed` stops and says so. */
  cancel: z.enum(['none', 'request', 'confirmed']).optional(),
  /** A call is given up after this long without any sign of life. */
  idleTimeoutMs: z.number().int().min(0).max(2_147_483_647).optional(),
  /** A call is given up after this long in any case. */
  totalTimeoutMs: z.number().int().min(0).max(2_147_483_647).optional(),
  maxConcurrent: z.number().int().min(1).max(1_000).optional(),
  /** A call that runs longer becomes a task. */
  taskAfterMs: z.number().int().min(0).max(2_147_483_647).optional(),
  /** Folders that the server is told of when it asks for roots; without them it may not ask. */
  roots: z.array(z.string().min(1)).max(100).optional(),
  oauth: OAuthSchema.optional(),
  /** The `manifest.json` of an MCP bundle (MCPB 0.3), which says what the server can be set to. */
  manifest: z.string().min(1).max(4_000).optional(),
  /** Values for the manifest's `user_config`, which says what each may be; they become options of the command. */
  settings: z
    .record(settingName, z.unknown())
    .refine((settings) => Object.keys(settings).length <= SETTINGS, `at most ${SETTINGS} settings`)
    .optional(),
});

/** The fields of one server in the `mcpServers` shape that other hosts use, and ours under `meanwhile`. */
export const serverEntryFields = {
  /** `sse` is the old HTTP+SSE transport of 2024-11-05; for an address it is also found out without being named. */
  type: z.enum(['stdio', 'http', 'streamable-http', 'sse']).optional(),
  command: z.string().min(1).optional(),
  args: z.array(z.string()).optional(),
  env: strings.optional(),
  cwd: z.string().optional(),
  url: z.string().min(1).optional(),
  headers: strings.optional(),
  meanwhile: MeanwhileSchema.optional(),
};

/** One server as `mcp.json` has it: a command to start, or an address to connect to, and not both. */
export const ServerEntrySchema = z
  .strictObject(serverEntryFields)
  .refine((entry) => (entry.command === undefined) !== (entry.url === undefined), {
    error: 'either command (a program to start) or url (an address to connect to)',
    path: ['command'],
  })
  .refine(({ meanwhile: { oauth } = {} }) => hasCredentials(oauth), {
    error: 'clientId, and clientSecret or privateKey with it',
    path: ['meanwhile', 'oauth'],
  })
  .refine(({ url, meanwhile: { manifest } = {} }) => url === undefined || manifest === undefined, {
    error: 'none with url: settings become options of a command',
    path: ['meanwhile', 'manifest'],
  })
  .refine(({ meanwhile: { manifest, settings } = {} }) => settings === undefined || manifest !== undefined, {
    error: 'a manifest beside them (meanwhile.manifest), which says what they mean',
    path: ['meanwhile', 'settings'],
  });

/** A secret belongs to a client, and a client that signs in by itself has one. */
function hasCredentials({ grant, clientId, clientSecret, privateKey }: OAuthSettings = {}): boolean {
  const secret = clientSecret ?? privateKey;
  if (grant === 'client_credentials') return clientId !== undefined && secret !== undefined;
  return secret === undefined || clientId !== undefined;
}

export type ServerEntry = z.infer<typeof ServerEntrySchema>;

/** A change of an entry: what is named is replaced; of the settings each one, and null takes one out. */
export type ServerChange = ServerEntry & {
  /** Work that is known to end with a restart (ids of tasks and calls). */
  readonly alsoEnds?: readonly string[];
};

export const SERVER_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}$/;
export const SERVER_NAME_EXPECTED = 'letters, digits, - and _, at most 64, first a letter or digit';
