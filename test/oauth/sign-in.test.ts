import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ServerEntry } from '../../src/sources/server-entry.ts';
import type { ServerView } from '../../src/store/records.ts';
import type { CallAnswer } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { tempFolder, testHost, writeConfig } from '../support/test-host.ts';
import { protectedServer } from './protected-server.ts';

/* A person's sign-in to a server behind an address, over real HTTP from end to end. */

async function hostWith(entry: ServerEntry, folder = tempFolder()) {
  writeConfig(folder, { guarded: entry });
  const host = await testHost({}, { folder });
  const view = async () => (await host.api.get<ServerView>('/api/servers/guarded')).body;
  const settled = (wanted: Partial<ServerView>) =>
    eventually(async () => {
      const now = await view();
      return Object.entries(wanted).every(([key, value]) => now[key as keyof ServerView] === value) && now;
    });
  return {
    ...host,
    view,
    settled,
    needsSignIn: () => settled({ state: 'failed', signIn: 'needed' }),
    ready: () => settled({ state: 'ready', signIn: 'done' }),
    begin: async () => (await host.api.post<{ url: string }>('/api/servers/guarded/sign-in')).body.url,
    /** Opens the address and follows where it leads, as a browser does. */
    browse: async (url: string) => {
      const response = await fetch(url);
      return { status: response.status, text: await response.text(), url: response.url };
    },
    call: async (tool: string) =>
      (await host.api.post<CallAnswer>(`/api/servers/guarded/tools/${tool}`, {})).body,
  };
}

test('a server that wants a sign-in waits for it, is signed in to, and stays so through a restart', async () => {
  const server = await protectedServer();
  const folder = tempFolder();
  const host = await hostWith({ url: server.url }, folder);
  const waiting = await host.needsSignIn();
  expect(waiting.error?.message).toBe('The server wants you to sign in.');
  expect(waiting.error?.hint).toContain('meanwhile servers sign-in guarded');
  expect(waiting.retryAt).toBeUndefined();

  const back = await host.browse(await host.begin());
  expect(back).toMatchObject({ status: 200, text: expect.stringContaining('You can close this tab') });
  const ready = await host.ready();
  expect((await host.call('look')).result).toMatchObject({ isError: false });

  const file = join(folder, 'oauth/guarded.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'oauth')).mode & 0o777).toBe(0o700);
  const secrets = server.authorization.tokens();
  expect(secrets.length).toBeGreaterThan(0);
  expect(readFileSync(file, 'utf8')).toContain(secrets[0]);
  for (const secret of secrets) expect(JSON.stringify(ready)).not.toContain(secret);

  await host.close();
  const again = await hostWith({ url: server.url }, folder);
  await again.ready();
  expect(server.authorization.asked.authorizations).toHaveLength(1);
});

test('access tokens that run out are renewed once for all calls that run side by side', async () => {
  const server = await protectedServer();
  const host = await hostWith({ url: server.url });
  await host.needsSignIn();
  await host.browse(await host.begin());
  await host.ready();
  server.authorization.expireAll();
  const answers = await Promise.all(Array.from({ length: 8 }, () => host.call('look')));
  for (const { result } of answers) expect(result?.isError).toBe(false);
  expect(server.authorization.asked.tokenRequests.map(({ grant }) => grant)).toEqual([
    'authorization_code',
    'refresh_token',
  ]);
});

test('when the refresh token is not taken any more, a sign-in is asked for', async () => {
  const behaviour = { refusesRefresh: false };
  const server = await protectedServer(behaviour);
  const host = await hostWith({ url: server.url });
  await host.needsSignIn();
  await host.browse(await host.begin());
  await host.ready();
  behaviour.refusesRefresh = true;
  server.authorization.expireAll();
  const { failure } = await host.call('look');
  expect(failure?.message).toContain('wants you to sign in');
  expect((await host.view()).signIn).toBe('needed');
  await host.browse(await host.begin());
  await host.ready();
  expect((await host.call('look')).result?.isError).toBe(false);
});

test('a tool that wants more rights leads to a sign-in that asks for them too', async () => {
  const server = await protectedServer();
  const host = await hostWith({ url: server.url });
  await host.needsSignIn();
  await host.browse(await host.begin());
  await host.ready();
  expect((await host.call('change')).failure).toBeDefined();
  await host.settled({ state: 'ready', signIn: 'needed' });
  expect((await host.call('look')).result?.isError).toBe(false); // the others go on
  await host.browse(await host.begin());
  await host.ready();
  expect((await host.call('change')).result?.isError).toBe(false);
  expect(server.authorization.asked.authorizations.map((each) => each.get('scope'))).toEqual([
    'read',
    'read write',
  ]);
});

test('signing out forgets the tokens, and the server waits again', async () => {
  const server = await protectedServer();
  const folder = tempFolder();
  const host = await hostWith({ url: server.url }, folder);
  await host.needsSignIn();
  await host.browse(await host.begin());
  await host.ready();
  const [token = ''] = server.authorization.tokens();
  expect((await host.api.post('/api/servers/guarded/sign-out')).status).toBe(200);
  await host.needsSignIn();
  expect(readFileSync(join(folder, 'oauth/guarded.json'), 'utf8')).not.toContain(token);
});

test('a server that waits for a sign-in is left in peace', async () => {
  const server = await protectedServer();
  const host = await hostWith({ url: server.url });
  await host.needsSignIn();
  const knocks = server.refused();
  await host.begin();
  await host.begin();
  expect(server.refused()).toBe(knocks);
  expect(server.authorization.asked.registrations).toHaveLength(1);
});

test.each([
  ['access_denied', 'it was refused there'],
  ['<script>alert(1)</script>', 'the server refused it'],
])('a refusal is shown in words of ours: %s', async (refuses, words) => {
  const server = await protectedServer({ refuses });
  const host = await hostWith({ url: server.url });
  await host.needsSignIn();
  const { status, text } = await host.browse(await host.begin());
  expect(status).toBe(400);
  expect(text).toContain(words);
  expect(text).not.toContain('<script>');
  await host.needsSignIn();
});

test.each(['http://elsewhere.example', 'absent'])(
  'an answer from another server is not believed: %s',
  async (iss) => {
    const server = await protectedServer({ iss });
    const host = await hostWith({ url: server.url });
    await host.needsSignIn();
    const { status, text } = await host.browse(await host.begin());
    expect(status).toBe(400);
    expect(text).toContain('does not come from the server that was asked');
    expect(server.authorization.asked.tokenRequests).toEqual([]);
  },
);

test('the way back is open to the state of the sign-in alone, and once', async () => {
  const server = await protectedServer();
  const host = await hostWith({ url: server.url });
  await host.needsSignIn();
  const url = await host.begin();
  const forged = await host.browse(`${host.url}/oauth/callback?code=x&state=guessed<b>`);
  expect(forged).toMatchObject({ status: 400, text: expect.stringContaining('was not begun here') });
  expect(forged.text).not.toContain('guessed');
  const back = await host.browse(url);
  await host.ready();
  expect(await host.browse(back.url)).toMatchObject({ status: 400 });
  expect((await host.view()).state).toBe('ready');
});

test('the headers of an entry go to its server and not to where it sends us to sign in', async () => {
  const server = await protectedServer();
  process.env.GUARDED_KEY = 'a-key-of-the-test';
  // biome-ignore lint/suspicious/noTemplateCurlyInString: expanded by the host
  const host = await hostWith({ url: server.url, headers: { 'X-Key': '${GUARDED_KEY}' } });
  await host.needsSignIn();
  await host.browse(await host.begin());
  await host.ready();
  expect(server.authorization.asked.headers.length).toBeGreaterThan(2);
  expect(server.authorization.asked.headers.filter((each) => 'x-key' in each)).toEqual([]);
});

test('a client that is named in mcp.json is used, with its secret and scope', async () => {
  const server = await protectedServer({ withoutRegistration: true });
  process.env.GUARDED_SECRET = 'hush';
  const host = await hostWith({
    url: server.url,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: expanded by the host
    meanwhile: { oauth: { clientId: 'known', clientSecret: '${GUARDED_SECRET}', scope: 'read write' } },
  });
  await host.needsSignIn();
  await host.browse(await host.begin());
  await host.ready();
  const { authorizations, tokenRequests, registrations } = server.authorization.asked;
  expect(registrations).toEqual([]);
  expect(authorizations[0]?.get('client_id')).toBe('known');
  expect(authorizations[0]?.get('scope')).toBe('read write');
  expect(tokenRequests[0]?.authorization).toBe(`Basic ${Buffer.from('known:hush').toString('base64')}`);
});

test('a server that registers nobody says what to do', async () => {
  const server = await protectedServer({ withoutRegistration: true });
  const host = await hostWith({ url: server.url });
  const { error, signIn } = await host.settled({ state: 'failed' });
  expect(error?.message).toContain('clientId');
  expect(signIn).toBeUndefined();
});

test('a client that signs in by itself needs no person: by secret, or by signature', async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  for (const proof of [{ clientSecret: 'hush' }, { privateKey: pem, algorithm: 'ES256' }]) {
    const server = await protectedServer();
    const host = await hostWith({
      url: server.url,
      meanwhile: { oauth: { grant: 'client_credentials', clientId: 'machine', ...proof } },
    });
    await host.settled({ state: 'ready', signIn: undefined });
    server.authorization.expireAll();
    expect((await host.call('look')).result?.isError).toBe(false);
    const [request] = server.authorization.asked.tokenRequests;
    if ('privateKey' in proof) expect(request?.params.get('client_assertion')?.split('.')).toHaveLength(3);
    else expect(request?.authorization).toContain('Basic ');
    expect((await host.api.post('/api/servers/guarded/sign-in')).status).toBe(409);
  }
});

test('there is no sign-in to a program on this machine, nor where the authorization is given', async () => {
  const server = await protectedServer();
  const host = await hostWith({ url: server.url, headers: { Authorization: 'Bearer wrong' } });
  const { error, signIn } = await host.settled({ state: 'failed' });
  expect(error?.message).toContain('does not accept the authorization that mcp.json names');
  expect(signIn).toBeUndefined();
  const refused = await host.api.post<{ code: string }>('/api/servers/guarded/sign-in');
  expect(refused.body.code).toBe('sign_in_not_offered');
  expect(server.authorization.asked.registrations).toEqual([]);
});
