import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Question } from '../../task/task.ts';
import { type ContractHost, contractHost, problem } from './test/contract-host.ts';
import { runCli } from './test/run-cli.ts';
import { runOnTerminal } from './test/run-on-terminal.ts';
import { sampleTask } from './test/sample-task.ts';

/* Questions, the end of a task by force, and running again: the command line against a server that speaks the contract. */

let host: ContractHost;
const cli = (...args: string[]) => runCli(host.home, ...args);
const now = () => new Date().toISOString();
const task = (name: string, more: object = {}) =>
  sampleTask({
    id: `task_01k8zz0000000000000${name}`,
    startedAt: now(),
    createdAt: now(),
    aliveAt: now(),
    ...more,
  });
const colour: Question = {
  key: 'colour',
  mode: 'form',
  message: 'Which colour?',
  askedAt: now(),
  schema: {
    properties: { name: { enum: ['red', 'green'] }, count: { type: 'integer', default: 2 } },
    required: ['name'],
  },
};
const page: Question = {
  key: 'page',
  mode: 'url',
  message: 'Sign in',
  url: 'https://example.org/x',
  askedAt: now(),
};

beforeAll(async () => {
  host = await contractHost();
});
afterAll(() => host.close());

/** A task that asks; what it was answered is kept. */
function asking(name: string, ...input: Question[]) {
  const given: unknown[] = [];
  const { id } = host.put(task(name, { status: 'input_required', input }));
  host.route(`POST /api/tasks/${id}/input`, ({ body }) => {
    given.push(body);
    const left = input.filter(({ key }) => key !== body.key);
    input = left;
    return {
      status: 202,
      body: host.put(task(name, left.length > 0 ? { status: 'input_required', input: left } : {})),
    };
  });
  return { id, given };
}

test('an answer in words takes what is suggested for the rest', async () => {
  const { given } = asking('words1', colour);
  expect(await cli('answer', 'words1', 'name=red').ended).toEqual({
    status: 0,
    stdout: 'Answered.\n',
    stderr: '',
  });
  expect(given).toEqual([{ key: 'colour', action: 'accept', content: { name: 'red', count: 2 } }]);
});

test.each([
  [['--decline'], { key: 'colour', action: 'decline' }, 'Declined to answer.\n'],
  [['--put-away'], { key: 'colour', action: 'cancel' }, 'Put away without an answer.\n'],
  [
    ['{"name":"green"}'],
    { key: 'colour', action: 'accept', content: { name: 'green', count: 2 } },
    'Answered.\n',
  ],
])('%j', async (words, answer, said) => {
  const { given } = asking('ways01', colour);
  expect(await cli('answer', 'ways01', ...words).ended).toMatchObject({ status: 0, stdout: said });
  expect(given).toEqual([answer]);
});

test('of several the one is answered that is named', async () => {
  const { given } = asking('two001', colour, page);
  expect(await cli('answer', 'two001', 'name=red').ended).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('It asks 2 things. Say which: 1 (colour), 2 (page).'),
  });
  expect((await cli('answer', 'two001', '2', '--done').ended).status).toBe(0);
  expect(given).toEqual([{ key: 'page', action: 'accept' }]);
});

test('in a pipe it says what is missing, and what does not fit', async () => {
  const { given } = asking('pipe01', colour);
  expect(await cli('answer', 'pipe01').ended).toEqual({
    status: 2,
    stdout: '',
    stderr: `? command asks: Which colour?
  name (required; one of red, green)
  count (a whole number; else 2)
  Answer with: meanwhile answer pipe01 name=…
meanwhile: The answer is missing.
  name: one of red, green
`,
  });
  expect(await cli('answer', 'pipe01', 'name=red', 'count=1.5', 'more=x').ended).toMatchObject({
    status: 2,
    stderr:
      'meanwhile: The answer does not fit the question.\n  count: a whole number\n  more: no such field\n',
  });
  expect((await cli('answer', 'pipe01', '--decline', 'name=red').ended).status).toBe(2);
  expect(given).toEqual([]);
});

test('what the host finds wrong is told by the names that were typed', async () => {
  const { id } = asking('wrong1', colour);
  host.route(`POST /api/tasks/${id}/input`, () =>
    problem(400, 'invalid_request', { errors: [{ field: 'content.name', expected: 'a warmer one' }] }),
  );
  expect(await cli('answer', 'wrong1', 'name=red').ended).toMatchObject({
    status: 2,
    stderr: 'meanwhile: Refused: invalid_request.\n  name: a warmer one\n',
  });
  host.put(task('none01'));
  expect(await cli('answer', 'none01', '{}').ended).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('asks for nothing'),
  });
});

test('task and a followed call in a pipe show the question and how to answer it', async () => {
  const { id } = asking('shown1', colour);
  const { stdout } = await cli('task', 'shown1').ended;
  expect(stdout).toContain('? command asks: Which colour?\n  name (required; one of red, green)\n');
  const follow = cli('task', 'shown1', '--follow');
  await follow.said('Answer with: meanwhile answer shown1 name=…');
  host.put(task('shown1', { status: 'input_required', input: [colour, page] }));
  await follow.said('Host:    example.org\n');
  host.put({ ...task('shown1'), id, status: 'completed', endedAt: now() });
  const { stderr } = await follow.ended;
  expect(stderr.match(/Which colour\?\n/g)).toHaveLength(2); // the change of the status, and the question itself
});

test('on a terminal it asks field by field, and checks each', async () => {
  const { given } = asking('tty001', colour);
  const terminal = runOnTerminal(host.home, 'answer', 'tty001');
  await terminal.said('name:');
  terminal.type('blue\n');
  await terminal.said('Expected one of red, green.');
  terminal.type('2\n');
  await terminal.said('count [2]:');
  terminal.type('\n');
  expect(await terminal.ended).toMatchObject({ status: 0, output: expect.stringContaining('Answered.') });
  expect(given).toEqual([{ key: 'colour', action: 'accept', content: { name: 'green', count: 2 } }]);
});

test('a followed call asks right there and goes on', async () => {
  host.route('GET /api/servers/demo', () => ({ body: { name: 'demo', tools: [] } }));
  host.route('POST /api/servers/demo/tools/ask', () => ({
    body: { callId: 'c', sessionId: 'sess_1', taskId: asking('ask001', colour).id },
  }));
  const terminal = runOnTerminal(host.home, 'call', 'demo.ask', '{}');
  await terminal.said('name:');
  terminal.type('red\n');
  await terminal.said('count [2]:');
  terminal.type('7\n');
  await terminal.said('Answered.');
  const result = { preview: 'painted', isError: false, contentRef: 'r' };
  host.put(task('ask001', { status: 'completed', endedAt: now(), result }));
  expect(await terminal.ended).toMatchObject({
    status: 0,
    output: expect.stringMatching(/completed after .*painted/s),
  });
});

test('a question that others answer is called off at the terminal', async () => {
  asking('off001', colour);
  const terminal = runOnTerminal(host.home, 'task', 'off001', '--follow');
  await terminal.said('name:');
  host.put(task('off001'));
  await terminal.said('It is not asked any more.');
  host.put(task('off001', { status: 'completed', endedAt: now() }));
  expect((await terminal.ended).status).toBe(0);
});

test('who leaves the question at the terminal goes on following', async () => {
  asking('left01', colour);
  const terminal = runOnTerminal(host.home, 'task', 'left01', '--follow');
  await terminal.said('name:');
  terminal.type('\u0004');
  await terminal.said('It stays open. meanwhile answer left01 name=…');
  host.put(task('left01', { status: 'failed', endedAt: now() }));
  expect((await terminal.ended).status).toBe(1);
});

test('force names what else it would end; a script says so, a person is asked', async () => {
  const { id } = host.put(task('force1'));
  const others = [{ id: 'task_other', title: 'Train tagger' }];
  const asked: unknown[] = [];
  host.route(`POST /api/tasks/${id}/cancel`, ({ body }) => {
    asked.push(body);
    if ((body.alsoEnds as string[]).length === 0) return problem(409, 'would_end_others', { others });
    const ended = task('force1', { status: 'cancelled', endedAt: now() });
    return { status: 202, body: host.put(ended) };
  });
  expect(await cli('cancel', 'force1', '--force').ended).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'meanwhile: Refused: would_end_others. --also-ends-others ends them too.\n  Train tagger (task_other)\n',
  });
  const terminal = runOnTerminal(host.home, 'cancel', 'force1', '--force');
  await terminal.said('Train tagger (task_other)');
  await terminal.said('End all 2? [y/N]');
  terminal.type('n\n');
  expect((await terminal.ended).status).toBe(130);
  expect(await cli('cancel', 'force1', '--force', '--also-ends-others').ended).toMatchObject({ status: 0 });
  const first = { force: true, alsoEnds: [] };
  expect(asked).toEqual([first, first, first, { force: true, alsoEnds: ['task_other'] }]);
});

test('stop-waiting says that the work goes on', async () => {
  const { id } = host.put(task('wait01'));
  host.route(`POST /api/tasks/${id}/stop-waiting`, () => ({
    status: 202,
    body: host.put(task('wait01', { status: 'lost', endedAt: now(), statusMessage: 'Nobody waits for it.' })),
  }));
  expect(await cli('stop-waiting', 'wait01').ended).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^◌ lost after .*: Nobody waits for it\.\nThe work itself goes on\./),
    stderr: '',
  });
});

test('again makes the call once more; at a terminal only after a yes, unless twice does no harm', async () => {
  let calls = 0;
  const result = { isError: false, content: { content: [{ type: 'text', text: 'done again' }] } };
  for (const [name, more] of [
    ['again1', { status: 'failed', endedAt: now() }],
    [
      'again2',
      {
        status: 'failed',
        endedAt: now(),
        source: { type: 'mcp', server: 's', tool: 't', safeToRepeat: true },
      },
    ],
  ] as const) {
    const { id } = host.put(task(name, more));
    host.route(`POST /api/tasks/${id}/run-again`, () => {
      calls += 1;
      return { body: { callId: 'c', sessionId: 's', result } };
    });
  }
  const terminal = runOnTerminal(host.home, 'again', 'again1');
  await terminal.said('may do its work twice. Run it again? [y/N]');
  terminal.type('\n');
  expect((await terminal.ended).status).toBe(130);
  expect(calls).toBe(0);
  expect(await runOnTerminal(host.home, 'again', 'again2').ended).toMatchObject({ status: 0 });
  expect(await cli('again', 'again1').ended).toEqual({ status: 0, stdout: 'done again\n', stderr: '' });
  expect(calls).toBe(2);
  const { id } = host.put(task('again3', { status: 'lost', endedAt: now() }));
  host.route(`POST /api/tasks/${id}/run-again`, () => problem(409, 'arguments_not_kept'));
  expect(await cli('again', 'again3').ended).toMatchObject({
    status: 1,
    stderr: 'meanwhile: Refused: arguments_not_kept.\n',
  });
});
