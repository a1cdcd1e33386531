import { expect, test } from 'vitest';
import type { ModelList } from '../../src/views/api/contract/types.ts';
import { runCli } from '../../src/views/cli/test/run-cli.ts';
import { testHost } from '../support/test-host.ts';
import { modelStub } from './model-stub.ts';

test('models are set up, changed, tested and forgotten from a terminal', async () => {
  const stub = await modelStub();
  const { folder, api } = await testHost();
  const cli = (...args: string[]) => runCli(folder, 'models', ...args).ended;
  expect((await cli()).stdout).toContain('No model yet');
  expect(await cli('add', 'home', '--preset', 'ollama', '--model', 'qwen', '--url', stub.url)).toMatchObject({
    status: 0,
    stdout: 'home is set up.\n',
  });
  expect(await cli('add', 'other', '--preset', 'nobody', '--model', 'x')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('ollama, lmstudio'),
  });
  expect(await cli('add', 'home', '--provider', 'openai', '--model', 'x')).toMatchObject({ status: 1 });
  expect(
    (await cli('add', 'far', '--preset', 'anthropic', '--model', 'x', '--key-env', 'NOT_SET_HERE')).stdout,
  ).toContain('NOT_SET_HERE');
  expect(
    (await cli('set', 'home', '--title', 'At home', '--context', '8000', '--key', 'sk-0123456789abcdef'))
      .status,
  ).toBe(0);
  expect((await cli('default', 'far')).stdout).toBe(
    'far is the default. No key: set one, or the environment variable NOT_SET_HERE.\n',
  );
  const { stdout } = await cli();
  expect(stdout.split('\n')).toEqual([
    `home\t\tqwen\tkey …cdef\t${stub.url}`,
    'far\tdefault\tx\tNo key: set one, or the environment variable NOT_SET_HERE.\tanthropic',
    '',
  ]);
  expect(await cli('test', 'home')).toMatchObject({ status: 0, stdout: '“qwen” answers.\n' });
  stub.script({ status: 401, message: 'no' });
  expect(await cli('test', 'home')).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('refuses the key'),
  });
  expect((await cli('remove', 'far')).status).toBe(0);
  expect(await cli('remove', 'far')).toMatchObject({ status: 1 });
  expect(JSON.parse((await cli('--json')).stdout)).toEqual((await api.get<ModelList>('/api/models')).body);
}, 60_000);
