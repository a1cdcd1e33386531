import { expect, test } from 'vitest';
import type { StopPlan } from '../src/views/api/contract/types.ts';
import { runCli } from '../src/views/cli/test/run-cli.ts';
import { runOnTerminal } from '../src/views/cli/test/run-on-terminal.ts';
import { hostProcess, kill } from './crash/start-host-process.ts';
import { tempFolder, writeConfig } from './support/test-host.ts';
import { threeFates } from './support/three-fates.ts';

/* `meanwhile stop`, and what `tasks` and `doctor` say after a restart, with a real host in a process of its own. */

async function hostAtWork() {
  const folder = tempFolder();
  const { begin, open } = await threeFates(folder);
  const host = await hostProcess(folder);
  await begin(host.api);
  const state = async () => (await host.api.get<StopPlan>('/api/host/stop')).body.host.state;
  return { folder, host, open, state, cli: (...args: string[]) => runCli(folder, ...args) };
}

test('in a pipe it needs a flag when work would be cut off, and then does what that says', async () => {
  const { host, cli, state } = await hostAtWork();
  const bare = await cli('stop').ended;
  expect(bare).toMatchObject({ status: 2, stdout: '' });
  expect(bare.stderr).toMatch(/^Ends with Meanwhile:\n {2}wait_for.*\nMay go on, its end cannot be told:\n/);
  expect(bare.stderr).toContain('--wait');
  expect(await cli('stop', '--wait', '--now').ended).toMatchObject({ status: 2 });
  expect(await state()).toBe('running');
  expect(await cli('stop', '--now').ended).toEqual({ status: 0, stdout: 'Stopped.\n', stderr: '' });
  await host.exited;
  expect(await cli('stop').ended).toMatchObject({ status: 3, stdout: '' });
});

test('--wait stays until the host is gone; Ctrl-C leaves it waiting; --keep-running takes it back', async () => {
  const { host, cli, state, open } = await hostAtWork();
  const first = cli('stop', '--wait');
  await first.said('Waiting for 2 to end …');
  first.child.kill('SIGINT');
  expect(await first.ended).toMatchObject({ status: 130, stderr: expect.stringContaining('--keep-running') });
  expect(await state()).toBe('waiting');

  const second = cli('stop', '--wait');
  await second.said('Waiting for 2 to end …');
  expect(await cli('stop', '--keep-running').ended).toMatchObject({
    status: 0,
    stdout: 'It keeps running.\n',
  });
  expect(await second.ended).toMatchObject({ status: 1, stderr: expect.stringContaining('took it back') });
  expect(await state()).toBe('running');

  const third = cli('stop', '--wait');
  await third.said('Waiting for 2 to end …');
  open();
  expect(await third.ended).toMatchObject({ status: 0, stdout: 'Stopped.\n' });
  await host.exited;
});

test('on a terminal it shows the list and asks', async () => {
  const { folder, host, state } = await hostAtWork();
  const kept = runOnTerminal(folder, 'stop');
  await kept.said('[k]eep running?');
  kept.type('\n');
  expect(await kept.ended).toMatchObject({
    status: 130,
    output: expect.stringContaining('It keeps running.'),
  });
  expect(await state()).toBe('running');
  const stopped = runOnTerminal(folder, 'stop');
  await stopped.said('[k]eep running?');
  stopped.type('n\n');
  const { status, output } = await stopped.ended;
  expect(output).toContain('Stopped.');
  expect(status).toBe(0);
  await host.exited;
});

test('with nothing to cut off it needs no flag', async () => {
  const folder = tempFolder();
  writeConfig(folder, {});
  const host = await hostProcess(folder);
  expect(await runCli(folder, 'stop').ended).toEqual({ status: 0, stdout: 'Stopped.\n', stderr: '' });
  await host.exited;
});

test('after a kill, tasks and doctor say in one line what became of the work, until it is put away', async () => {
  const { folder, host, cli } = await hostAtWork();
  await kill(host);
  const next = await hostProcess(folder);
  const line =
    /Meanwhile ended without being stopped \d+ s ago: (?:1 still looked for|1 found again and still running), 1 lost, 1 interrupted\./;
  const tasks = await cli('tasks').ended;
  expect(tasks.status).toBe(0);
  expect(tasks.stderr).toMatch(line);
  expect(tasks.stdout.trim().split('\n')).toHaveLength(3);
  expect((await cli('doctor').ended).stdout).toMatch(new RegExp(`! warn {2}restart: ${line.source}`));
  expect((await cli('tasks', '--json').ended).stderr).toBe('');
  await next.api.post('/api/host/restart/seen');
  expect((await cli('tasks').ended).stderr).toBe('');
  expect((await cli('doctor').ended).stdout).not.toContain('restart:');
});
