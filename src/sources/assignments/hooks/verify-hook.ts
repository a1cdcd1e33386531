import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_S = 5 * 60;
const ID_CHARS = 256;
export const MOST_HOOK_BYTES = 256 * 1024;

/** Headers that name an event, in the order in which they count. */
const ID_HEADERS = ['webhook-id', 'x-github-delivery', 'idempotency-key'];

export interface HookRequest {
  readonly headers: Headers;
  /** As it came, for the signature. */
  readonly body: string;
}

export type VerifiedHook =
  /** `id`: the same id is the same event; absent where the sender names none. */
  | { readonly ok: true; readonly id?: string }
  | { readonly ok: false; readonly field: string; readonly expected: string };

const wrong = (field: string, expected: string): VerifiedHook => ({ ok: false, field, expected });

/**
 * Whether a request to a hook may be believed. With a secret it must be signed by Standard Webhooks: `webhook-id`,
 * `webhook-timestamp` within 5 minutes, and `webhook-signature` over both and the body.
 * @param secret `whsec_…`, where the hook is a signed one
 */
export function verifyHook({
  headers,
  body,
  secret,
  nowMs,
}: HookRequest & { readonly secret?: string | undefined; readonly nowMs: number }): VerifiedHook {
  if (Buffer.byteLength(body) > MOST_HOOK_BYTES) return wrong('body', `at most ${MOST_HOOK_BYTES / 1024} KB`);
  const named = ID_HEADERS.find((header) => headers.get(header) !== null);
  const id = named === undefined ? undefined : (headers.get(named) ?? '').trim();
  if (named !== undefined && (id === undefined || id === '' || id.length > ID_CHARS))
    return wrong(named, `1 to ${ID_CHARS} characters`);
  if (secret === undefined) return { ok: true, ...(id !== undefined && { id }) };

  const signedId = headers.get('webhook-id');
  if (signedId === null) return wrong('webhook-id', 'the id of the event, as this hook is a signed one');
  const timestamp = headers.get('webhook-timestamp') ?? '';
  if (!/^\d{1,12}$/.test(timestamp))
    return wrong('webhook-timestamp', 'seconds since 1970, as this hook is a signed one');
  if (Math.abs(nowMs / 1_000 - Number(timestamp)) > TOLERANCE_S)
    return wrong('webhook-timestamp', `at most 5 minutes from ${Math.floor(nowMs / 1_000)}, the time here`);
  const signatures = (headers.get('webhook-signature') ?? '').split(' ').filter((each) => each !== '');
  if (signatures.length === 0) return wrong('webhook-signature', 'v1,BASE64, as this hook is a signed one');
  const expected = createHmac('sha256', keyOf(secret)).update(`${signedId}.${timestamp}.${body}`).digest();
  // All are looked at: which of them fits is nobody's business.
  const fitting = signatures.filter((signature) => fits(signature, expected));
  if (fitting.length === 0)
    return wrong('webhook-signature', 'v1,BASE64 of HMAC-SHA256 over “id.timestamp.body” with the secret');
  return { ok: true, id: signedId.trim() };
}

/** For a sender that we are ourselves, and tests. */
export const signHook = (secret: string, id: string, timestampS: number, body: string): string =>
  `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestampS}.${body}`).digest('base64')}`;

const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

function fits(signature: string, expected: Buffer): boolean {
  const [version, value = ''] = signature.split(',', 2);
  const given = Buffer.from(value, 'base64');
  return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
}
