import { describe, expect, test } from 'vitest';
import { hookEvent } from './hook-event.ts';
import { hashHookToken, hookHint, newHookSecret, newHookToken } from './hook-token.ts';
import { signHook, verifyHook } from './verify-hook.ts';

/** The example of the specification of Standard Webhooks. */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const BODY = '{"test": 2432232314}';
const AT_S = 1_614_265_330;
const SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const NOW = AT_S * 1_000;

const signed = (change: Record<string, string | null> = {}) => {
  const headers = new Headers({
    'webhook-id': ID,
    'webhook-timestamp': String(AT_S),
    'webhook-signature': SIGNATURE,
  });
  for (const [name, value] of Object.entries(change))
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  return headers;
};

describe('a signed hook', () => {
  test.each<[string, Headers, number?, string?]>([
    ['as the specification shows it', signed()],
    ['just in time', signed(), NOW + 299_000],
    ['a little ahead', signed(), NOW - 299_000],
    ['one of several signatures fits', signed({ 'webhook-signature': `v1a,xx v1,AAAA ${SIGNATURE}` })],
  ])('is believed: %s', (_what, headers, nowMs = NOW) => {
    expect(verifyHook({ headers, body: BODY, secret: SECRET, nowMs })).toEqual({ ok: true, id: ID });
  });

  test.each<[string, Headers, { nowMs?: number; body?: string; secret?: string }, string]>([
    ['no id', signed({ 'webhook-id': null }), {}, 'webhook-id'],
    ['another id', signed({ 'webhook-id': 'msg_2' }), {}, 'webhook-signature'],
    ['no time', signed({ 'webhook-timestamp': null }), {}, 'webhook-timestamp'],
    ['a time in words', signed({ 'webhook-timestamp': 'now' }), {}, 'webhook-timestamp'],
    ['another time', signed({ 'webhook-timestamp': String(AT_S + 1) }), {}, 'webhook-signature'],
    ['too late', signed(), { nowMs: NOW + 301_000 }, 'webhook-timestamp'],
    ['too early', signed(), { nowMs: NOW - 301_000 }, 'webhook-timestamp'],
    ['no signature', signed({ 'webhook-signature': null }), {}, 'webhook-signature'],
    [
      'another version',
      signed({ 'webhook-signature': SIGNATURE.replace('v1', 'v2') }),
      {},
      'webhook-signature',
    ],
    ['not base64', signed({ 'webhook-signature': 'v1,!!!' }), {}, 'webhook-signature'],
    ['half of it', signed({ 'webhook-signature': SIGNATURE.slice(0, 20) }), {}, 'webhook-signature'],
    ['another body', signed(), { body: `${BODY} ` }, 'webhook-signature'],
    ['another secret', signed(), { secret: newHookSecret() }, 'webhook-signature'],
    ['too large', signed(), { body: 'x'.repeat(256 * 1024 + 1) }, 'body'],
  ])('is refused, and why: %s', (_what, headers, change, field) => {
    const answer = verifyHook({ headers, body: BODY, secret: SECRET, nowMs: NOW, ...change });
    expect(answer).toEqual({ ok: false, field, expected: expect.stringMatching(/\w/) });
  });

  test('a secret of ours signs, too', () => {
    const secret = newHookSecret();
    const headers = signed({ 'webhook-signature': signHook(secret, ID, AT_S, 'ü') });
    expect(verifyHook({ headers, body: 'ü', secret, nowMs: NOW })).toEqual({ ok: true, id: ID });
  });
});

test.each<[Record<string, string>, object]>([
  [{}, { ok: true }],
  [
    { 'webhook-id': 'a', 'idempotency-key': 'b' },
    { ok: true, id: 'a' },
  ],
  [{ 'x-github-delivery': 'c' }, { ok: true, id: 'c' }],
  [{ 'idempotency-key': ' b ' }, { ok: true, id: 'b' }],
  [{ 'idempotency-key': '' }, { ok: false, field: 'idempotency-key', expected: '1 to 256 characters' }],
  [{ 'webhook-id': 'x'.repeat(257) }, { ok: false, field: 'webhook-id', expected: '1 to 256 characters' }],
])('an unsigned hook with %j', (headers, answer) => {
  expect(verifyHook({ headers: new Headers(headers), body: '', nowMs: NOW })).toEqual(answer);
});

describe('what a hook says', () => {
  const read = (contentType: string | undefined, body: string, more: Record<string, string> = {}) =>
    hookEvent(
      { headers: new Headers({ ...(contentType && { 'content-type': contentType }), ...more }), body },
      'id',
      NOW,
    );
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);

  test.each<[string | undefined, string, Record<string, string>, string, object]>([
    ['application/json', '{"a":1}', {}, 'hook.called', { a: 1 }],
    [
      'application/json; charset=utf-8',
      '{"type":"invoice.paid","n":2}',
      {},
      'invoice.paid',
      { type: 'invoice.paid', n: 2 },
    ],
    ['application/cloudevents+json', '{"event":"x"}', {}, 'x', { event: 'x' }],
    ['application/json', '{"type":"with spaces"}', {}, 'hook.called', { type: 'with spaces' }],
    ['application/json', '{"type":3}', { 'x-github-event': 'push' }, 'github.push', { type: 3 }],
    ['application/json', '[1]', {}, 'hook.called', { value: [1] }],
    ['application/json', '', {}, 'hook.called', {}],
    ['application/x-www-form-urlencoded', 'a=1&b=2&a=3', {}, 'hook.called', { a: ['1', '3'], b: '2' }],
    [
      'application/x-www-form-urlencoded',
      'payload=%7B%22ref%22%3A%22main%22%7D',
      {},
      'hook.called',
      { ref: 'main' },
    ],
    ['text/plain', '{"a":1}', {}, 'hook.called', { text: '{"a":1}' }],
    [undefined, '{"a":1}', {}, 'hook.called', { a: 1 }],
    [undefined, 'words', {}, 'hook.called', { text: 'words' }],
  ])('%s %s', (contentType, body, headers, type, data) => {
    expect(read(contentType, body, headers)).toEqual({
      ok: true,
      event: { id: 'id', type, at: '2021-02-25T15:02:10.000Z', data },
    });
  });

  test.each([
    ['application/json', '{', 'body', 'JSON, as its content-type says'],
    ['application/json', deep, 'body', 'JSON nested at most 100 deep'],
    ['image/png', 'x', 'content-type', 'application/json, application/x-www-form-urlencoded or text/plain'],
  ])('%s is refused', (contentType, body, field, expected) => {
    expect(read(contentType, body)).toEqual({ ok: false, field, expected });
  });

  test('without an id no other is the same', () => {
    const request = { headers: new Headers(), body: 'x' };
    const ids = [1, 2].map(() => {
      const read = hookEvent(request, undefined, NOW);
      return read.ok && read.event.id;
    });
    expect(ids[0]).toMatch(/^[\w-]{36}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });
});

test('a token is new each time, and only its hash and its end are shown', () => {
  const [one, two] = [newHookToken(), newHookToken()];
  expect(one).toMatch(/^whk_[0-9a-hjkmnp-tv-z]{32}$/);
  expect(one).not.toBe(two);
  expect(hashHookToken(one)).toMatch(/^[0-9a-f]{64}$/);
  expect(hashHookToken(one)).toBe(hashHookToken(one));
  expect(hookHint('whk_abcdefgh')).toBe('…efgh');
});
