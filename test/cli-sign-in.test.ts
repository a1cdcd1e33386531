import { expect, test } from 'vitest';
import type { ServerView } from '../src/store/records.ts';
import { runCli } from '../src/views/cli/test/run-cli.ts';
import { protectedServer } from './oauth/protected-server.ts';
import { eventually } from './support/eventually.ts';
import { tempFolder, testHost, writeConfig } from './support/test-host.ts';

async function home(behaviour = {}) {
  const server = await protectedServer(behaviour);
  const folder = tempFolder();
  writeConfig(folder, { guarded: { url: server.url } });
  const host = await testHost({}, { folder });
  await eventually(async () => {
    const { body } = await host.api.get<ServerView>('/api/servers/guarded');
    return body.signIn === 'needed' && body.state === 'failed';
  });
  return (...args: string[]) => runCli(folder, ...args);
}

test('sign-in prints the address, waits for the person, and says that the server is ready', async () => {
  const cli = await home();
  expect((await cli('servers').ended).stdout).toContain('meanwhile servers sign-in guarded');
  const waiting = cli('servers', 'sign-in', 'guarded');
  let printed = '';
  waiting.child.stdout?.on('data', (text) => (printed += text));
  await waiting.said('Waiting for it');
  expect((await fetch(printed.trim())).status).toBe(200);
  expect(await waiting.ended).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('Signed in to guarded: 2 tools.'),
  });

  const shown = (await cli('servers', 'show', 'guarded').ended).stdout;
  expect(shown).toMatch(/speaks +MCP 2026-07-28, plain calls, over HTTP\n/);
  expect(shown).toMatch(/found out \d{4}-\d\d-\d\dT/);
  expect(shown).toMatch(/sign-in +done/);
  expect(await cli('servers', 'sign-out', 'guarded').ended).toMatchObject({
    status: 0,
    stdout: 'Signed out of guarded; its tokens are forgotten here.\n',
  });
});

test('Ctrl-C leaves the waiting', async () => {
  const cli = await home();
  const waiting = cli('servers', 'sign-in', 'guarded');
  await waiting.said('Waiting for it');
  waiting.child.kill('SIGINT');
  expect((await waiting.ended).status).toBe(130);
});

test('where there is no sign-in, that is said', async () => {
  const folder = tempFolder();
  writeConfig(folder, { off: { url: 'http://127.0.0.1:9/mcp', meanwhile: { enabled: false } } });
  await testHost({}, { folder });
  expect(await runCli(folder, 'servers', 'sign-in', 'off').ended).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('There is no sign-in to “off”'),
  });
});
