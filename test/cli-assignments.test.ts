import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { AssignmentMade, AssignmentPage, ServerList } from '../src/views/api/contract/types.ts';
import { runCli } from '../src/views/cli/test/run-cli.ts';
import { runOnTerminal } from '../src/views/cli/test/run-on-terminal.ts';
import { eventually } from './support/eventually.ts';
import { atEndOfFile, tempFolder, testHost, workServer, writeConfig } from './support/test-host.ts';

/* The command line for what is done later, with a real host and real calls. */

const atEnd = atEndOfFile();
const folder = tempFolder(atEnd);
let host: Awaited<ReturnType<typeof testHost>>;
const cli = (...args: string[]) => runCli(folder, 'assignments', ...args).ended;

beforeAll(async () => {
  writeConfig(folder, { lab: workServer() });
  host = await testHost({}, { folder, atEnd });
  await eventually(async () => {
    const { body } = await host.api.get<ServerList>('/api/servers');
    return body.servers[0]?.state === 'ready';
  });
});

const add = async (...args: string[]): Promise<string> => {
  const { status, stdout, stderr } = await cli('add', '--yes', ...args);
  expect(status, stderr).toBe(0);
  return stdout.split('\n', 1)[0] ?? '';
};
const titles = async () =>
  (await host.api.get<AssignmentPage>('/api/assignments?limit=200')).body.assignments.map(
    ({ title }) => title,
  );

test('a script says --yes; without it, it is told what was understood and nothing is made', async () => {
  const args = ['--at', 'every weekday at 9:00', '--zone', 'Europe/Berlin', '--title', 'Stand up'];
  const asked = await cli('add', ...args, '--', 'lab.steps', 'steps=1', 'ms=1');
  expect(asked).toMatchObject({ status: 2, stdout: '' });
  expect(asked.stderr).toMatch(
    /^Stand up\n {2}Every .*\n {2}next \w{3} \d+ \w{3} \d{4}, 09:00\n(.*, 09:00\n){4}/,
  );
  expect(asked.stderr).toContain('lab.steps {"steps":1,"ms":1}');
  expect(asked.stderr).toContain('Say --yes');
  expect(await titles()).not.toContain('Stand up');

  const made = await cli('add', '--yes', '--json', ...args, '--', 'lab.steps', 'steps=1', 'ms=1');
  expect((JSON.parse(made.stdout) as AssignmentMade).assignment).toMatchObject({
    title: 'Stand up',
    timeZone: 'Europe/Berlin',
    work: { calls: [{ arguments: { steps: 1, ms: 1 } }] },
  });
});

test('at a terminal it asks, and does nothing without a yes', async () => {
  const ask = (title: string, answer: string) => {
    const terminal = runOnTerminal(
      folder,
      'assignments',
      'add',
      '--at',
      'in 3 hours',
      '--text',
      'tea',
      '--title',
      title,
    );
    return terminal.said('Make it? [y/N]').then(() => {
      terminal.type(`${answer}\r`);
      return terminal.ended;
    });
  };
  const [no, yes] = await Promise.all([ask('Not wanted', 'n'), ask('Wanted', 'y')]);
  expect(no.status).toBe(130);
  expect(no.output).toContain('Nothing was made.');
  expect(yes.status).toBe(0);
  expect(yes.output).toMatch(/asg_\w+/);
  expect(await titles()).toContain('Wanted');
  expect(await titles()).not.toContain('Not wanted');
});

test('it is listed, shown, paused, resumed, removed and restored by the end of its id', async () => {
  const id = await add('--at', 'every day at 7:30', '--title', 'Water the plants', '--text', 'water');
  const short = id.slice(-6);
  const row = (await cli('--q', 'plants')).stdout.split('\t');
  expect(row).toMatchObject([
    id,
    'on',
    'Water the plants',
    expect.stringMatching(/7:30/),
    expect.stringMatching(/^20/),
    '',
    '\n',
  ]);
  const shown = await cli('show', short);
  expect(shown.stdout).toMatch(/^Water the plants {2}on\n/);
  expect(shown.stdout).toContain('It has not run yet.');
  expect(JSON.parse((await cli('show', short, '--json')).stdout)).toMatchObject({ id });
  expect((await cli('pause', short)).stdout).toBe('“Water the plants” is paused.\n');
  expect((await cli('resume', short)).stdout).toMatch(/^“Water the plants” is on, next .*, 07:30\.\n$/);
  expect((await cli('rm', short)).stdout).toContain(`restore ${short}`);
  expect(await cli('show', short)).toMatchObject({ status: 1, stderr: expect.stringContaining('ends with') });
  expect((await cli('restore', short)).stdout).toContain('is on');
});

test('it is run now and followed; the exit status is its outcome', async () => {
  const good = await add('--at', 'every day at 7:30', '--', 'lab.steps', 'steps=3', 'ms=1');
  const followed = await cli('run', good, '--follow');
  expect(followed, followed.stderr).toMatchObject({ status: 0 });
  const bad = await add('--at', 'every day at 7:30', '--', 'lab.fail');
  expect((await cli('run', bad, '--follow')).status).toBe(1);
  expect(await cli('run', good)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^run_\w+\n$/) });
  const shown = (await cli('show', bad)).stdout;
  expect(shown).toMatch(/Newest runs\n {2}✘ failed/);
  expect((await cli()).stdout).toMatch(new RegExp(`^${bad}\\t.*\\tfailed\\t✘$`, 'm'));
});

test('the address of a hook is told once, and anew', async () => {
  const { stdout, stderr } = await cli(
    'add',
    '--yes',
    '--when',
    'hook',
    '--where',
    'ref=main',
    '--',
    'lab.echo',
    'text={{event.ref}}',
  );
  const [id = '', address = ''] = stdout.split('\n');
  expect(address).toMatch(new RegExp(`^${host.url}/api/hooks/`));
  expect(stderr).toContain('where ref is main');
  const renewed = (await cli('hook', id)).stdout.trim();
  expect(renewed).toMatch(new RegExp(`^${host.url}/api/hooks/`));
  expect(renewed).not.toBe(address);
});

test('they are moved to another host as a file', async () => {
  await add('--at', 'every day at 7:30', '--title', 'Moved', '--text', 'x');
  const file = join(folder, 'assignments.json');
  writeFileSync(file, (await cli('export')).stdout);
  const elsewhere = await testHost();
  const there = (...args: string[]) => runCli(elsewhere.folder, 'assignments', ...args).ended;
  const first = await there('import', file);
  expect(first).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+ made, paused/) });
  expect((await there('--q', 'moved')).stdout).toMatch(/\tpaused\tMoved\t/);
  const again = await there('import', file);
  expect(again.stdout).toBe('0 made.\n');
  expect(again.stderr).toContain('Not made: Moved: ');
});

test.each([
  [['add', '--yes', '--', 'lab.echo']],
  [['add', '--yes', '--at', 'x', '--when', 'hook', '--', 'lab.echo']],
  [['add', '--yes', '--at', 'in 5 minutes']],
  [['add', '--yes', '--at', 'in 5 minutes', '--text', 'x', '--', 'lab.echo']],
  [['add', '--yes', '--at', 'whenever', '--text', 'x']],
  [['add', '--yes', '--when', 'weather:good', '--text', 'x']],
  [['add', '--yes', '--at', 'in 5 minutes', '--where', 'a=b', '--text', 'x']],
  [['add', '--yes', '--at', 'in 5 minutes', '--', 'lab.steps', 'steps=many']],
  [['import', '/no/such/file']],
  [['show']],
  [['--limit', '0']],
])('%j is wrong usage', async (args) => {
  const { status, stderr } = await cli(...args);
  expect(status).toBe(2);
  expect(stderr).toMatch(/\S/);
  expect(stderr).not.toMatch(/\n\s+at /);
});
