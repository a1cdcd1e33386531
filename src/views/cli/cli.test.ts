import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ContractHost, contractHost, problem } from './test/contract-host.ts';
import { runCli } from './test/run-cli.ts';
import { sampleTask } from './test/sample-task.ts';

/* The command line as a process, against a small server that speaks the contract. */

let host: ContractHost;
const cli = (...args: string[]) => runCli(host.home, ...args);
const id = (name: string) => `task_01k8zz0000000000000${name}`;
const now = () => new Date().toISOString();
const fresh = (name: string) =>
  sampleTask({ id: id(name), startedAt: now(), createdAt: now(), aliveAt: now() });

const tool = {
  name: 'run.it',
  inputSchema: { type: 'object', properties: { count: { type: 'integer' }, text: { type: 'string' } } },
};

beforeAll(async () => {
  host = await contractHost();
  host.route('GET /api/servers/demo', () => ({ body: { name: 'demo', tools: [tool] } }));
});
afterAll(() => host.close());

test('without a host the status is 3, and the words say what to do', async () => {
  const home = await mkdtemp(join(tmpdir(), 'meanwhile-none-'));
  const { status, stderr } = await runCli(home, 'tasks').ended;
  expect(status).toBe(3);
  expect(stderr).toBe(
    `meanwhile: No host answers at the data folder ${home}. Start one with \`npm start\`.\n`,
  );
  await writeFile(join(home, 'host.json'), JSON.stringify({ url: 'http://127.0.0.1:9' }));
  const refused = await runCli(home, 'tasks', '--json').ended;
  expect(refused.status).toBe(3);
  expect(refused.stderr).toContain('No host answers at http://127.0.0.1:9.');
  await rm(home, { recursive: true });
});

test.each([
  [['nonsense']],
  [['tasks', '--status', 'sleeping']],
  [['tasks', '--limit', '0']],
  [['task']],
  [['call', 'no-dot']],
  [['call', 'demo.run.it', 'count=many']],
  [['servers', 'add', 'x']],
  [[]],
])('%j is wrong usage', async (args) => {
  const { status, stderr } = await cli(...args).ended;
  expect(status).toBe(2);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test('--version and --help are not wrong', async () => {
  expect(await cli('--version').ended).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^\d+\.\d+/),
  });
  expect((await cli('--help').ended).stdout).toContain('Examples:');
});

test('the launcher works through a symbolic link', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'meanwhile-link-'));
  const link = join(folder, 'mw');
  await symlink(resolve('bin/meanwhile'), link);
  await chmod(link, 0o755);
  const { execFile } = await import('node:child_process');
  const stdout = await new Promise((settle) => execFile(link, ['--version'], (_error, out) => settle(out)));
  expect(stdout).toMatch(/^\d+\.\d+/);
  await rm(folder, { recursive: true });
});

test('a call sends arguments typed by the schema and prints the text of the result', async () => {
  let sent: unknown;
  host.route('POST /api/servers/demo/tools/run.it', ({ body }) => {
    sent = body;
    const result = { isError: false, content: { content: [{ type: 'text', text: 'done \u001b[1mbold' }] } };
    return { body: { callId: 'call_1', sessionId: 'sess_1', result } };
  });
  const { status, stdout, stderr } = await cli(
    'call',
    'demo.run.it',
    'count=3',
    'text=3',
    '--session',
    'sess_1',
  ).ended;
  expect(sent).toEqual({ arguments: { count: 3, text: '3' }, sessionId: 'sess_1' });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'done \u001b[1mbold\n', stderr: '' });
});

test('an error result is a failure, and --json is what the API sent', async () => {
  const answer = {
    callId: 'c',
    sessionId: 's',
    result: { isError: true, content: { content: [{ type: 'text', text: 'no' }] } },
  };
  host.route('POST /api/servers/demo/tools/fails', () => ({ body: answer }));
  expect(await cli('call', 'demo.fails', '{}').ended).toMatchObject({ status: 1, stdout: 'no\n' });
  const json = await cli('call', 'demo.fails', '{}', '--json').ended;
  expect(json).toMatchObject({ status: 1, stdout: `${JSON.stringify(answer)}\n` });
});

test('wrong arguments are told field by field', async () => {
  const errors = [{ field: 'arguments.count', expected: 'a number above 0' }];
  host.route('POST /api/servers/demo/tools/strict', () =>
    problem(400, 'invalid_arguments', { detail: 'The arguments do not fit demo.strict.', errors }),
  );
  expect(await cli('call', 'demo.strict', '{"count":0}').ended).toEqual({
    status: 2,
    stdout: '',
    stderr: 'meanwhile: The arguments do not fit demo.strict.\n  arguments.count: a number above 0\n',
  });
});

test('a call that becomes a task is followed to its result, or left with --detach', async () => {
  host.route('POST /api/servers/demo/tools/long', () => {
    const task = host.put(fresh('long01'));
    return { body: { callId: 'c', sessionId: 'sess_1', taskId: task.id } };
  });
  const running = cli('call', 'demo.long', '{}');
  await running.said('It runs as task long01.');
  const task = host.put({ ...fresh('long01'), progress: { value: 2, total: 4, unit: 'files' } });
  await running.said('50 %');
  const result = { preview: 'all copied', isError: false, contentRef: 'r' };
  host.put({ ...task, status: 'completed', endedAt: now(), result });
  const { status, stdout, stderr } = await running.ended;
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'all copied\n' });
  expect(stderr).toMatch(/50 %: 2\/4 files\n✔ completed after /);
  expect(await cli('call', 'demo.long', '{}', '--detach').ended).toMatchObject({
    status: 0,
    stdout: `${id('long01')}\n`,
  });
});

test('Ctrl-C once stops the work of a call, twice leaves it running', async () => {
  const asked: string[] = [];
  for (const name of ['stop01', 'stop02']) {
    host.route(`POST /api/servers/demo/tools/${name}`, () => {
      host.put(fresh(name));
      return { body: { callId: 'c', sessionId: 'sess_1', taskId: id(name) } };
    });
    host.route(`POST /api/tasks/${id(name)}/cancel`, () => {
      asked.push(name);
      const task = { ...fresh(name), cancel: { support: 'confirmed' as const, requestedAt: now() } };
      const noted = host.put(task);
      if (name === 'stop01') host.put({ ...task, status: 'cancelled', endedAt: now() });
      return { status: 202, body: noted };
    });
  }
  const once = cli('call', 'demo.stop01', '{}');
  await once.said('started');
  once.child.kill('SIGINT');
  expect(await once.ended).toMatchObject({
    status: 130,
    stderr: expect.stringMatching(/stopping….*⊘ cancelled/s),
  });

  const twice = cli('call', 'demo.stop02', '{}');
  await twice.said('started');
  twice.child.kill('SIGINT');
  await twice.said('stopping:');
  twice.child.kill('SIGINT');
  expect(await twice.ended).toMatchObject({
    status: 130,
    stderr: expect.stringContaining('It goes on as task stop02'),
  });
  expect(asked).toEqual(['stop01', 'stop02']);
});

test('task --follow ends with the outcome of the task', async () => {
  host.put(fresh('follow'));
  const running = cli('task', 'follow', '--follow');
  await running.said('started');
  const failure = { reason: 'tool_error' as const, message: 'disk full' };
  host.put({ ...fresh('follow'), status: 'failed', endedAt: now(), failure });
  expect(await running.ended).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(/✘ failed after .*: disk full/),
  });
});

test('tasks --watch in a pipe says one line per change, and survives a break', async () => {
  host.put(fresh('watch1'));
  const running = cli('tasks', '--watch');
  await running.said(`${id('watch1')} Back up the photos: started`);
  host.put({ ...fresh('watch1'), progress: { value: 1, total: 4 } });
  await running.said('25 %');
  host.breakFeeds();
  host.put({ ...fresh('watch1'), status: 'completed', endedAt: now() });
  await running.said('completed after');
  running.child.kill('SIGINT');
  const { status, stdout } = await running.ended;
  expect(status).toBe(130);
  expect(stdout.split('\n').filter((line) => line.includes('watch1'))).toHaveLength(3);
});

test('tasks --watch --json passes on each task as it is sent', async () => {
  const first = host.put(fresh('json01'));
  const running = cli('tasks', '--watch', '--json', '--server', 'command');
  await running.said(JSON.stringify(first));
  const task = host.put({ ...fresh('json01'), status: 'completed', endedAt: now() });
  await running.said('"completed"');
  running.child.kill('SIGINT');
  const { stdout } = await running.ended;
  expect(stdout.split('\n')).toContain(JSON.stringify(task));
});

test('a refusal is one plain sentence', async () => {
  const gone = await cli('task', 'task_unknown').ended;
  expect(gone).toEqual({ status: 1, stdout: '', stderr: 'meanwhile: Refused: task_not_found.\n' });
});

test('a reader that leaves early ends us quietly', async () => {
  host.put(fresh('epipe1'));
  const running = cli('tasks', '--watch', '--json');
  await running.said('epipe1');
  running.child.stdout?.destroy();
  host.put({ ...fresh('epipe1'), progress: { value: 1 } });
  expect(await running.ended).toMatchObject({ status: 0, stderr: '' });
});
