import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ServerList } from '../src/views/api/contract/types.ts';
import { runCli } from '../src/views/cli/test/run-cli.ts';
import { runOnTerminal } from '../src/views/cli/test/run-on-terminal.ts';
import { eventually } from './support/eventually.ts';
import { commandServer, ROOT, tempFolder, testHost, workServer, writeConfig } from './support/test-host.ts';

/* The command line as a person uses it, with the real host, the real Command server and real processes. */

async function home(...names: ('command' | 'lab' | 'asks')[]) {
  const folder = tempFolder();
  mkdirSync(join(folder, 'lab'));
  const entries = {
    command: commandServer(join(folder, 'lab'), { taskAfterMs: 100 }),
    lab: workServer(),
    asks: { command: process.execPath, args: [join(ROOT, 'test/fixtures/plain-sdk1-server.ts'), 'stdio'] },
  };
  writeConfig(folder, Object.fromEntries(names.map((name) => [name, entries[name]])));
  const host = await testHost({}, { folder });
  await eventually(async () => {
    const { body } = await host.api.get<ServerList>('/api/servers');
    return body.servers.every(({ state }) => state === 'ready');
  });
  return { host, folder, cli: (...args: string[]) => runCli(folder, ...args) };
}

test('a short call prints its result; wrong arguments name the field', async () => {
  const { cli } = await home('lab');
  expect(await cli('call', 'lab.echo', 'text=42').ended).toEqual({ status: 0, stdout: '42\n', stderr: '' });
  const wrong = await cli('call', 'lab.echo', '{}').ended;
  expect(wrong).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('\n  arguments.text: '),
  });
  expect(await cli('call', 'lab.nothing').ended).toMatchObject({ status: 1, stdout: '' });
});

test('a long call is followed, is in the list, and stops at Ctrl-C', async () => {
  const { cli } = await home('command');
  const watch = cli('tasks', '--watch');
  const call = cli('call', 'command.run', 'command=echo first; sleep 60');
  await call.said('It runs as task');
  await watch.said('started');
  const list = await cli('tasks', '--status', 'working').ended;
  expect(list.stdout).toMatch(/^task_\w+\tworking\t/);
  call.child.kill('SIGINT');
  const { status, stderr } = await call.ended;
  expect(stderr).toMatch(/stopping….*⊘ cancelled after /s);
  expect(status).toBe(130);
  await watch.said('cancelled after');
  watch.child.kill('SIGINT');
  expect((await watch.ended).status).toBe(130);
});

test('a detached call is followed later, with its log and the outcome', async () => {
  const { cli } = await home('command');
  const { stdout: id } = await cli('call', 'command.run', 'command=sleep 1; echo late; exit 3', '--detach')
    .ended;
  const follow = await cli('task', id.trim().slice(-6), '--follow').ended;
  expect(follow.status).toBe(1);
  expect(follow.stdout).toContain('late');
  expect(follow.stderr).toMatch(/✘ failed after /);
  expect((await cli('task', id.trim(), '--log').ended).stdout).toContain('late');
});

test('cancel waits for the end and says it; a second cancel is refused', async () => {
  const { cli } = await home('command');
  const { stdout: id } = await cli('call', 'command.run', 'command=sleep 60', '--detach').ended;
  expect(await cli('cancel', id.trim()).ended).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^⊘ cancelled/),
  });
  expect(await cli('cancel', id.trim()).ended).toMatchObject({ status: 1, stdout: '' });
});

test('servers come and go, and the doctor sees them', async () => {
  const { cli } = await home('lab');
  const bad = await cli('servers', 'add', 'bad', '--command', 'no-such-program --x').ended;
  expect(bad).toMatchObject({ status: 1, stdout: expect.stringMatching(/^bad has failed: /) });
  const doctor = await cli('doctor').ended;
  expect(doctor.status).toBe(1);
  expect(doctor.stdout).toMatch(/✘ fail {2}server bad: .*\n {8}→ /);
  expect(await cli('servers', 'remove', 'bad').ended).toMatchObject({
    status: 0,
    stdout: 'bad is removed.\n',
  });
  expect(await cli('doctor').ended).toMatchObject({ status: 0 });
  expect((await cli('servers', 'show', 'lab').ended).stdout).toMatch(
    /lab\.echo .*\n {2}text \(string, required\)/,
  );
});

test('the watch survives a restart of the host on another port', async () => {
  const { cli, host } = await home('command');
  const watch = cli('tasks', '--watch');
  const first = await cli('call', 'command.run', 'command=sleep 60', '--detach').ended;
  await watch.said(`${first.stdout.trim()} `);
  await host.close();
  await watch.said('Connection lost, reconnecting.');
  await testHost({}, { folder: host.folder });
  await watch.said('failed after');
  watch.child.kill('SIGINT');
  expect((await watch.ended).status).toBe(130);
});

test('what a call asks is asked at the terminal, and answered from a script', async () => {
  const { cli, folder } = await home('asks');
  const terminal = runOnTerminal(folder, 'call', 'asks.ask', '{}');
  await terminal.said('name:');
  terminal.type('Ann\n');
  expect(await terminal.ended).toMatchObject({
    status: 0,
    output: expect.stringMatching(/completed after .*Ann/s),
  });

  const { stdout: id } = await cli('call', 'asks.ask_twice', '{}', '--detach').ended;
  const follow = cli('task', id.trim(), '--follow');
  await follow.said('What is your name?');
  await follow.said('Where do you live?');
  expect(await cli('answer', id.trim()).ended).toMatchObject({ status: 2 });
  expect(await cli('answer', id.trim(), '1', 'name=Bea').ended).toMatchObject({ status: 0 });
  expect(await cli('answer', id.trim(), 'town=Ulm').ended).toMatchObject({ status: 0 });
  const { status, stdout } = await follow.ended;
  expect(status).toBe(0);
  expect(stdout).toMatch(/Bea[\s\S]*Ulm/);
});
