import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import pino from 'pino';
import { expect, test } from 'vitest';
import type { Message } from '../../src/store/records.ts';
import type { Model, ModelList, ModelTest } from '../../src/views/api/contract/types.ts';
import { tempFolder, testHost } from '../support/test-host.ts';
import { modelStub } from './model-stub.ts';
import { chatting, modelAt, textOf } from './rig.ts';

const SECRET = 'sk-a-secret-key-of-a-test-9876';

test('several models side by side, one of them the default, one chosen for a chat', async () => {
  const stub = await modelStub();
  const { api, folder } = await testHost();
  stub.answer((request) => [{ text: `I am ${request.body.model}` }]);
  const add = (body: object) => api.post<Model>('/api/models', body);
  expect((await add(modelAt(stub, 'openai-compatible', { id: 'one', model: 'm-one' }))).body).toEqual({
    id: 'one',
    provider: 'openai-compatible',
    model: 'm-one',
    baseUrl: stub.url,
    isDefault: true,
    hasKey: true,
    keyFrom: 'file',
    keyHint: '9876',
  });
  expect((await add(modelAt(stub, 'anthropic', { id: 'two', model: 'm-two', title: 'Two' }))).status).toBe(
    201,
  );
  expect(await add(modelAt(stub, 'openai-compatible', { id: 'one' }))).toMatchObject({
    status: 409,
    body: { code: 'model_exists' },
  });
  const file = join(folder, 'models.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);

  const { id } = (await api.post<{ id: string }>('/api/sessions', {})).body;
  const chat = chatting(api, id);
  expect(textOf(await chat.ask('who?'))).toBe('I am m-one');
  await api.patch(`/api/sessions/${id}`, { modelId: 'two' });
  expect(textOf(await chat.ask('and now?'))).toBe('I am m-two');
  expect(await api.patch(`/api/sessions/${id}`, { modelId: 'nobody' })).toMatchObject({
    status: 404,
    body: { code: 'model_not_found' },
  });
  expect(await api.patch(`/api/sessions/${id}`, {})).toMatchObject({ status: 400 });
  expect((await api.patch<Model>('/api/models/two', { isDefault: true })).body.isDefault).toBe(true);
  await api.patch(`/api/sessions/${id}`, { modelId: null });
  expect(textOf(await chat.ask('and now?'))).toBe('I am m-two');
  expect((await api.delete('/api/models/two')).status).toBe(204);
  expect(textOf(await chat.ask('and now?'))).toBe('I am m-one');
  const list = (await api.get<ModelList>('/api/models')).body;
  expect(list.models.map((model) => [model.id, model.isDefault])).toEqual([['one', true]]);
  expect(list.presets.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'ollama',
      'lmstudio',
      'vllm',
      'llamacpp',
      'openrouter',
      'anthropic',
      'openai',
      'google',
    ]),
  );
});

test('a key is never shown again, neither by the API nor in the log', async () => {
  const stub = await modelStub();
  let logged = '';
  const log = pino(
    { level: 'trace' },
    new Writable({
      write(chunk, _encoding, done) {
        logged += String(chunk);
        done();
      },
    }),
  );
  const { api } = await testHost({}, { log });
  stub.script({ status: 401, message: `Incorrect API key provided: ${SECRET}` });
  const seen: unknown[] = [
    (await api.post('/api/models', modelAt(stub))).body,
    (await api.get('/api/models')).body,
    (await api.patch('/api/models/stub', { title: 'Mine' })).body,
    (await api.post('/api/models/stub/test')).body,
    (await api.post('/api/models/test', modelAt(stub))).body,
    (await api.post('/api/models', { ...modelAt(stub), id: '?' })).body,
  ];
  const { id } = (await api.post<{ id: string }>('/api/sessions', {})).body;
  const chat = chatting(api, id);
  const failed = await chat.ask('hello');
  expect(failed.turn).toMatchObject({ state: 'failed', error: { code: 'model_key' } });
  seen.push(await chat.messages());
  expect(JSON.stringify(seen)).not.toContain(SECRET);
  expect(logged).not.toContain(SECRET);
  expect(stub.seen[0]?.authorization).toContain(SECRET);
});

test.each(['openai-compatible', 'anthropic'] as const)(
  '%s: a test tells a wrong key, address and model apart',
  async (provider) => {
    const stub = await modelStub();
    const { api } = await testHost();
    const draft = (more: object = {}) =>
      api.post<ModelTest>('/api/models/test', modelAt(stub, provider, more)).then(({ body }) => body);
    stub.script([{ text: 'ready' }]);
    expect(await draft()).toMatchObject({ ok: true, what: 'works', words: '“stub-1” answers.' });
    for (const status of [401, 403]) {
      stub.script({ status, message: 'no such key' });
      expect(await draft()).toMatchObject({
        ok: false,
        what: 'key',
        words: expect.stringContaining('refuses the key'),
      });
    }
    stub.script({ status: 404, message: 'The model `stub-1` does not exist' });
    expect(await draft()).toMatchObject({
      what: 'model',
      words: expect.stringContaining('has no model “stub-1”'),
    });
    stub.script({ status: 429, message: 'slow down' });
    expect(await draft()).toMatchObject({ what: 'rate_limit' });
    stub.script({ status: 400, message: 'something else' });
    expect(await draft()).toMatchObject({ what: 'other', words: expect.stringContaining('something else') });
    const port = await freePort();
    expect(await draft({ baseUrl: `http://127.0.0.1:${port}/v1` })).toMatchObject({
      ok: false,
      what: 'address',
      words: expect.stringContaining('cannot be reached (ECONNREFUSED)'),
    });
    expect(await draft({ baseUrl: 'http://nowhere.invalid/v1' })).toMatchObject({ what: 'address' });
    expect(await draft({ baseUrl: stub.url.replace('/v1', '/v2') })).toMatchObject({
      ok: false,
      what: expect.stringMatching(/model|address/),
    });
  },
);

test('a key that is kept stays with the address it was given for', async () => {
  const [stub, other] = [await modelStub(), await modelStub()];
  const { api } = await testHost();
  await api.post('/api/models', modelAt(stub));
  await api.post('/api/models/stub/test', { baseUrl: other.url });
  expect(other.seen[0]?.authorization).not.toContain(SECRET);
  expect((await api.patch<Model>('/api/models/stub', { baseUrl: other.url })).body.hasKey).toBe(false);
  expect(
    (await api.patch<Model>('/api/models/stub', { apiKey: ['$', '{TEST_NOT_SET}'].join('') })).body,
  ).toMatchObject({
    hasKey: false,
    problem: expect.stringContaining('TEST_NOT_SET'),
  });
});

test('what is wrong with a model is named field by field', async () => {
  const { api } = await testHost();
  for (const [body, field] of [
    [{ id: 'a', provider: 'nobody', model: 'x' }, 'provider'],
    [{ id: 'a b', provider: 'openai', model: 'x' }, 'id'],
    [{ id: 'a', provider: 'openai-compatible', model: 'x' }, 'baseUrl'],
    [{ id: 'a', provider: 'openai', model: 'x', baseUrl: 'ftp://x' }, 'baseUrl'],
    [{ id: 'a', provider: 'openai', model: 'x', more: 1 }, 'more'],
  ] as const)
    expect(await api.post('/api/models', body), field).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [expect.objectContaining({ field })] },
    });
  expect(await api.patch('/api/models/none', { title: 'x' })).toMatchObject({
    status: 404,
    body: { code: 'model_not_found' },
  });
  expect(await api.post('/api/models/none/test')).toMatchObject({ status: 404 });
  expect(await api.delete('/api/models/none')).toMatchObject({ status: 404 });
});

test('models.json may be edited by hand; what does not parse is told and left alone', async () => {
  const stub = await modelStub();
  const folder = tempFolder();
  const file = join(folder, 'models.json');
  writeFileSync(file, `{"models": [{"apiKey": "${SECRET}" `);
  const { api } = await testHost({}, { folder });
  const list = await api.get<ModelList>('/api/models');
  expect(list.body).toMatchObject({ models: [], configError: 'models.json does not parse as JSON.' });
  expect(await api.post('/api/models', modelAt(stub))).toMatchObject({
    status: 422,
    body: { code: 'config_invalid' },
  });
  expect(readFileSync(file, 'utf8')).toContain(SECRET);
  writeFileSync(file, JSON.stringify({ models: [modelAt(stub, 'openai-compatible', { id: 'by-hand' })] }));
  chmodSync(file, 0o644);
  expect((await api.get<ModelList>('/api/models')).body.models).toMatchObject([{ id: 'by-hand' }]);
  await api.patch('/api/models/by-hand', { title: 'By hand' });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('without a model the chat says how to add one', async () => {
  const { api } = await testHost();
  const { id } = (await api.post<{ id: string }>('/api/sessions', {})).body;
  const { body } = await chatting(api, id).say('hello');
  expect((body.messages.at(-1) as Message).parts[0]).toMatchObject({
    type: 'notice',
    text: expect.stringContaining('meanwhile models add'),
  });
  expect(await chatting(api, id).act('retry', body.messages[0]!)).toMatchObject({
    status: 409,
    body: { code: 'no_model' },
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
