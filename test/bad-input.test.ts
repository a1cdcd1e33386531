import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ERRORS, type ErrorCode } from '../src/base/errors.ts';
import type { Message, Session } from '../src/store/records.ts';
import type { CallAnswer, MessagePage, Problem, Said } from '../src/views/api/contract/types.ts';
import { eventually } from './support/eventually.ts';
import { rawRequest } from './support/raw-request.ts';
import { atEndOfFile, testHost, workServer } from './support/test-host.ts';

/*
 * Whatever is sent: a clear error that names the field and what was expected; nothing is changed, nothing dies,
 * no stack trace reaches a user.
 */

const atEnd = atEndOfFile();
let host: Awaited<ReturnType<typeof testHost>>;
let session: Session;
let taskId: string;

beforeAll(async () => {
  host = await testHost({ lab: workServer() }, { atEnd });
  session = (await host.api.post<Session>('/api/sessions', { title: 'Before' })).body;
  const steps = { arguments: { steps: 1, ms: 1 }, sessionId: session.id };
  const { body } = await host.api.post<CallAnswer>('/api/servers/lab/tools/steps', steps);
  taskId = body.taskId ?? '';
  await eventually(async () => (await host.store.tasks.get(taskId))?.delivery.state === 'delivered');
});

interface Sent {
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly chunked?: boolean;
}

const send = (method: string, path: string, { headers, body, chunked }: Sent = {}) =>
  rawRequest(`${host.url}${path.replaceAll(':session', session.id).replaceAll(':task', taskId)}`, {
    method,
    chunked,
    headers: {
      authorization: `Bearer ${host.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  });

/** All that a refused request must leave as it was. */
async function state() {
  const { store, folder } = host;
  const { sessions } = await store.sessions.list({ limit: 200 });
  return {
    counts: await store.tasks.counts(),
    tasks: (await store.tasks.list({ limit: 200 })).tasks,
    sessions,
    messages: await Promise.all(sessions.map(({ id }) => store.messages.list({ sessionId: id, limit: 200 }))),
    assignments: (await store.assignments.list({ limit: 200 })).assignments,
    runs: (await store.runs.list({ limit: 200 })).runs,
    servers: (await store.servers.list()).map(({ name, enabled, target }) => ({ name, enabled, target })),
    config: readFileSync(join(folder, 'mcp.json'), 'utf8'),
  };
}

type Row = [what: string, request: string, sent: Sent, code: ErrorCode, field?: string];

async function refused(request: string, sent: Sent, code: ErrorCode, field?: string) {
  const [method = '', path = ''] = request.split(/ (.*)/s);
  const before = await state();
  const answer = await send(method, path, sent);
  expect(answer.headers['content-type'], answer.text).toBe('application/problem+json');
  const problem = JSON.parse(answer.text) as Problem;
  expect(problem).toMatchObject({
    type: `urn:meanwhile:error:${code}`,
    code,
    status: ERRORS[code].status,
    title: ERRORS[code].title,
  });
  expect(answer.status).toBe(ERRORS[code].status);
  expect(problem.detail.length).toBeGreaterThan(10);
  expect(answer.text).not.toMatch(/\n\s+at |node_modules|node:internal|\.[jt]s:\d/);
  if (field !== undefined) {
    expect(problem.errors?.map((each) => each.field)).toContain(field);
    for (const { expected } of problem.errors ?? []) expect(expected.length).toBeGreaterThan(2);
  }
  expect(await state()).toEqual(before);
  return answer;
}

const model = (more: object) => ({
  body: { id: 'a', provider: 'openai-compatible', model: 'b', ...more },
});

const suite = (title: string, rows: Row[]) =>
  describe(title, () => {
    test.each(rows)('%s: %s', async (_what, request, sent, code, field) => {
      await refused(request, sent, code, field);
    });
  });

const say = (text: unknown): Sent => ({ body: { text } });
const call = (args: unknown, more = {}): Sent => ({ body: { arguments: args, ...more } });
const long = (length: number) => 'x'.repeat(length);

suite('fields', [
  ['wrong type', 'POST /api/sessions', { body: { title: 7 } }, 'invalid_request', 'title'],
  ['unknown field', 'POST /api/sessions', { body: { title: 'a', colour: 1 } }, 'invalid_request', 'colour'],
  ['empty', 'POST /api/sessions', { body: { title: '  ' } }, 'invalid_request', 'title'],
  ['too long', 'POST /api/sessions', { body: { title: long(201) } }, 'invalid_request', 'title'],
  ['an array', 'POST /api/sessions', { body: [] }, 'invalid_request', 'body'],
  ['null', 'POST /api/sessions', { body: 'null' }, 'invalid_request', 'body'],
  ['a text', 'POST /api/sessions', { body: '"title"' }, 'invalid_request', 'body'],
  [
    'prototype key',
    'POST /api/sessions',
    { body: '{"__proto__":{"title":"x"}}' },
    'invalid_request',
    '__proto__',
  ],
  ['prototype key', 'POST /api/sessions', { body: '{"constructor":1}' }, 'invalid_request', 'constructor'],
  ['nothing', 'PATCH /api/sessions/:session', { body: {} }, 'invalid_request', 'body'],
  ['wrong rule', 'PATCH /api/sessions/:session', { body: { ask: 'sometimes' } }, 'invalid_request', 'ask'],
  ['unknown model', 'PATCH /api/sessions/:session', { body: { modelId: 'nope' } }, 'model_not_found'],
  ['missing', 'POST /api/models', { body: { id: 'a', model: 'b' } }, 'invalid_request', 'provider'],
  ['wrong address', 'POST /api/models', model({ baseUrl: 'not one' }), 'invalid_request', 'baseUrl'],
  ['unknown field', 'POST /api/models', model({ token: 'x' }), 'invalid_request', 'token'],
  ['unknown model', 'PATCH /api/models/nope', { body: { isDefault: true } }, 'model_not_found'],
  ['unknown model', 'POST /api/models/nope/test', { body: {} }, 'model_not_found'],
  [
    'unknown message',
    'POST /api/sessions/:session/branch',
    { body: { messageId: 'msg_nope' } },
    'message_not_found',
  ],
  [
    'empty',
    'POST /api/sessions/:session/messages/msg_nope/edit',
    { body: { text: '' } },
    'invalid_request',
    'text',
  ],
  [
    'missing',
    'POST /api/sessions/:session/messages/msg_nope/approvals/call_1',
    { body: {} },
    'invalid_request',
    'allow',
  ],
  [
    'too much',
    'POST /api/tasks/:task/follow-ups',
    { body: { when: { progress: 101 }, text: 'x' } },
    'invalid_request',
    'when.progress',
  ],
  ['missing', 'GET /api/search', {}, 'invalid_request', 'q'],
  ['too long', `GET /api/search?q=${'x'.repeat(201)}`, {}, 'invalid_request', 'q'],
  ['missing', 'POST /api/sessions/:session/messages', { body: {} }, 'invalid_request', 'text'],
  ['no body', 'POST /api/sessions/:session/messages', {}, 'invalid_request', 'text'],
  ['empty', 'POST /api/sessions/:session/messages', say(' \n'), 'invalid_request', 'text'],
  ['wrong type', 'POST /api/sessions/:session/messages', say(['x']), 'invalid_request', 'text'],
  ['too long', 'POST /api/sessions/:session/messages', say(long(100_001)), 'invalid_request', 'text'],
  ['wrong type', 'POST /api/tasks/:task/cancel', { body: { force: 'yes' } }, 'invalid_request', 'force'],
  ['unknown field', 'POST /api/tasks/:task/cancel', { body: { now: true } }, 'invalid_request', 'now'],
  ['missing', 'POST /api/tasks/:task/input', { body: {} }, 'invalid_request', 'key'],
  [
    'no such action',
    'POST /api/tasks/:task/input',
    { body: { key: 'a', action: 'x' } },
    'invalid_request',
    'action',
  ],
  ['missing', 'POST /api/signin', { body: {} }, 'invalid_request', 'token'],
]);

suite('states that do not allow it', [
  ['ended', 'POST /api/tasks/:task/cancel', {}, 'already_ended'],
  ['ended', 'POST /api/tasks/:task/cancel', { body: { force: true } }, 'already_ended'],
  [
    'nothing asked',
    'POST /api/tasks/:task/input',
    { body: { key: 'a', action: 'accept' } },
    'input_not_asked',
  ],
  ['ended', 'POST /api/tasks/:task/stop-waiting', {}, 'already_ended'],
  ['no such task', 'POST /api/tasks/task_none/run-again', {}, 'task_not_found'],
  ['no such task', 'POST /api/tasks/task_none/stop-waiting', {}, 'task_not_found'],
  ['exists', 'POST /api/servers', { body: { name: 'lab', command: 'x' } }, 'server_exists'],
  ['no sign-in there', 'POST /api/servers/lab/sign-in', {}, 'sign_in_not_offered'],
  ['no such server', 'POST /api/servers/none/test', {}, 'server_not_found'],
  ['no such tool', 'POST /api/servers/lab/test', { body: { tool: 'none' } }, 'tool_not_found'],
]);

suite('force, tests and stopping', [
  [
    'others of a wrong kind',
    'POST /api/tasks/:task/cancel',
    { body: { force: true, alsoEnds: 'all' } },
    'invalid_request',
    'alsoEnds',
  ],
  [
    'a thousand and one others',
    'POST /api/tasks/:task/cancel',
    { body: { force: true, alsoEnds: Array.from({ length: 1_001 }, String) } },
    'invalid_request',
    'alsoEnds',
  ],
  ['a tool of a wrong kind', 'POST /api/servers/lab/test', { body: { tool: 7 } }, 'invalid_request', 'tool'],
  [
    'arguments of a wrong kind',
    'POST /api/servers/lab/test',
    { body: { tool: 'echo', arguments: [] } },
    'invalid_request',
    'arguments',
  ],
  [
    'arguments that do not fit',
    'POST /api/servers/lab/test',
    { body: { tool: 'echo', arguments: { text: 7 } } },
    'invalid_arguments',
    'arguments.text',
  ],
  ['an unknown field', 'POST /api/servers/lab/test', { body: { tol: 'echo' } }, 'invalid_request', 'tol'],
  ['waiting of a wrong kind', 'POST /api/host/stop', { body: { wait: 'yes' } }, 'invalid_request', 'wait'],
]);

suite('servers', [
  ['no name', 'POST /api/servers', { body: { command: 'x' } }, 'invalid_request', 'name'],
  ['bad name', 'POST /api/servers', { body: { name: '../x', command: 'x' } }, 'invalid_request', 'name'],
  [
    'prototype name',
    'POST /api/servers',
    { body: { name: '__proto__', command: 'x' } },
    'invalid_request',
    'name',
  ],
  ['neither', 'POST /api/servers', { body: { name: 'a' } }, 'invalid_request', 'command'],
  [
    'both',
    'POST /api/servers',
    { body: { name: 'a', command: 'x', url: 'http://x' } },
    'invalid_request',
    'command',
  ],
  [
    'wrong type',
    'POST /api/servers',
    { body: { name: 'a', command: 'x', args: '-v' } },
    'invalid_request',
    'args',
  ],
  [
    'wrong type',
    'POST /api/servers',
    { body: { name: 'a', command: 'x', env: { A: 1 } } },
    'invalid_request',
    'env.A',
  ],
  [
    'unknown',
    'POST /api/servers',
    { body: { name: 'a', command: 'x', colour: 1 } },
    'invalid_request',
    'colour',
  ],
  [
    'limit below zero',
    'POST /api/servers',
    { body: { name: 'a', command: 'x', meanwhile: { taskAfterMs: -1 } } },
    'invalid_request',
    'meanwhile.taskAfterMs',
  ],
  ['both', 'PATCH /api/servers/lab', { body: { url: 'http://x' } }, 'invalid_request', 'command'],
  ['wrong type', 'PATCH /api/servers/lab', { body: { enabled: 'no' } }, 'invalid_request', 'enabled'],
  [
    'settings without a manifest',
    'PATCH /api/servers/lab',
    { body: { meanwhile: { settings: { a: 1 } } } },
    'invalid_request',
    'meanwhile.settings',
  ],
  [
    'settings that are a list',
    'PATCH /api/servers/lab',
    { body: { meanwhile: { settings: [] } } },
    'invalid_request',
    'meanwhile.settings',
  ],
  [
    'a setting whose name is an option',
    'PATCH /api/servers/lab',
    { body: { meanwhile: { settings: { '--x': 1 } } } },
    'invalid_request',
    'meanwhile.settings.--x',
  ],
  [
    'a manifest that is not there',
    'PATCH /api/servers/lab',
    { body: { meanwhile: { manifest: '/no/such/manifest.json' } } },
    'invalid_request',
    'meanwhile.manifest',
  ],
  [
    'wrong type',
    'PATCH /api/servers/lab',
    { body: { meanwhile: { settings: {} }, alsoEnds: 'all' } },
    'invalid_request',
    'alsoEnds',
  ],
]);

const timer = { type: 'timer', text: 'every day at 9:00' };
const toSay = { type: 'text', text: 'hello' };
const draft = (more: object): Sent => ({ body: { trigger: timer, work: toSay, ...more } });
const event = (source: object, more: object = {}): Sent =>
  draft({ trigger: { type: 'event', source, ...more } });
const hookSource = { kind: 'hook', signed: false };
const rules = (more: object): Sent => draft({ rules: more });
const ONE_CALL = { server: 'lab', tool: 'echo', arguments: {} };

const badDrafts: [what: string, sent: Sent, ...fields: string[]][] = [
  ['nothing', { body: {} }, 'trigger', 'work'],
  ['unknown field', draft({ colour: 1 }), 'colour'],
  ['empty title', draft({ title: ' ' }), 'title'],
  ['title too long', draft({ title: long(201) }), 'title'],
  ['no trigger', { body: { work: toSay } }, 'trigger'],
  ['a trigger that is a text', draft({ trigger: 'every day' }), 'trigger'],
  ['no such trigger', draft({ trigger: { type: 'whim' } }), 'trigger.type'],
  ['no time', draft({ trigger: { type: 'timer' } }), 'trigger.text'],
  [
    'a time that nobody understands',
    draft({ trigger: { type: 'timer', text: 'when it suits' } }),
    'trigger.text',
  ],
  ['a cron that is none', draft({ trigger: { type: 'timer', text: '61 * * * *' } }), 'trigger.text'],
  [
    'an rrule that is none',
    draft({ trigger: { type: 'timer', text: 'RRULE:FREQ=SOMETIMES' } }),
    'trigger.text',
  ],
  ['a time that is over', draft({ trigger: { type: 'timer', text: '2001-01-01 09:00' } }), 'trigger.text'],
  ['a time too long', draft({ trigger: { type: 'timer', text: long(1_001) } }), 'trigger.text'],
  ['an event from nowhere', draft({ trigger: { type: 'event' } }), 'trigger.source'],
  ['no such source', event({ kind: 'weather' }), 'trigger.source.kind'],
  ['a resource without its uri', event({ kind: 'resource', server: 'lab' }), 'trigger.source.uri'],
  ['no such list', event({ kind: 'list', server: 'lab', list: 'files' }), 'trigger.source.list'],
  ['a hook that does not say', event({ kind: 'hook' }), 'trigger.source.signed'],
  ['no status', event({ kind: 'task', statuses: [] }), 'trigger.source.statuses'],
  ['no such status', event({ kind: 'task', statuses: ['working'] }), 'trigger.source.statuses.0'],
  [
    'a filter without value',
    event(hookSource, { filters: [{ path: 'a', op: 'equals' }] }),
    'trigger.filters.0.value',
  ],
  [
    'no such operator',
    event(hookSource, { filters: [{ path: 'a', op: 'like', value: 'x' }] }),
    'trigger.filters.0.op',
  ],
  ['a wait below zero', event(hookSource, { debounceMs: -1 }), 'trigger.debounceMs'],
  ['once, or not', event(hookSource, { once: false }), 'trigger.once'],
  ['no such work', draft({ work: { type: 'dance' } }), 'work.type'],
  ['an empty text', draft({ work: { type: 'text', text: ' ' } }), 'work.text'],
  ['no calls', draft({ work: { type: 'calls', calls: [] } }), 'work.calls'],
  [
    'a call of nothing',
    draft({ work: { type: 'calls', calls: [{}] } }),
    'work.calls.0.server',
    'work.calls.0.tool',
  ],
  [
    'arguments that are a list',
    draft({ work: { type: 'calls', calls: [{ ...ONE_CALL, arguments: [] }] } }),
    'work.calls.0.arguments',
  ],
  [
    'a placeholder for nothing',
    draft({ work: { type: 'calls', calls: [{ ...ONE_CALL, arguments: { text: '{{event.path}}' } }] } }),
    'work.calls.0.arguments.text',
  ],
  ['no such zone', draft({ timeZone: 'Mars/Olympus' }), 'timeZone'],
  ['rules that are a text', draft({ rules: 'none' }), 'rules'],
  ['no such rule', rules({ colour: 1 }), 'rules.colour'],
  ['missed', rules({ missed: 'later' }), 'rules.missed'],
  ['overlap', rules({ overlap: 'maybe' }), 'rules.overlap'],
  ['retries', rules({ retries: 1.5 }), 'rules.retries'],
  ['retries', rules({ retries: -1 }), 'rules.retries'],
  ['a wait that is none', rules({ retryAfterMs: 0 }), 'rules.retryAfterMs'],
  ['a time of day', rules({ expectedBy: '25:00' }), 'rules.expectedBy'],
];

describe('assignments', () => {
  test.each(badDrafts)('a draft with %s', async (_what, sent, ...fields) => {
    for (const path of ['/api/assignments', '/api/assignments/preview'])
      for (const field of fields) await refused(`POST ${path}`, sent, 'invalid_request', field);
    const tried = { body: { draft: sent.body } };
    const first = fields[0] ?? '';
    // What is wrong with its shape is found before, and named within; what is wrong with its meaning after.
    const { text } = await refused('POST /api/assignments/try', tried, 'invalid_request');
    expect((JSON.parse(text) as Problem).errors?.some(({ field }) => field.endsWith(first))).toBe(true);
  });
});

suite('assignments that are not there, and other requests of them', [
  ...['GET', 'DELETE', 'POST restore', 'POST run', 'POST hook', 'GET runs'].map((request): Row => {
    const [method, part] = request.split(' ');
    const path = `/api/assignments/asg_nope${part === undefined ? '' : `/${part}`}`;
    return ['assignment', `${method} ${path}`, {}, 'assignment_not_found'];
  }),
  ['assignment', 'PATCH /api/assignments/asg_nope', { body: { state: 'on' } }, 'assignment_not_found'],
  ['run', 'GET /api/runs/run_nope', {}, 'run_not_found'],
  ['hook', 'POST /api/hooks/nope', { body: {} }, 'hook_not_found'],
  ['session', 'POST /api/assignments', draft({ sessionId: 'sess_nope' }), 'session_not_found'],
  [
    'no such state',
    'PATCH /api/assignments/asg_nope',
    { body: { state: 'done' } },
    'invalid_request',
    'state',
  ],
  ['unknown field', 'PATCH /api/assignments/asg_nope', { body: { seq: 1 } }, 'invalid_request', 'seq'],
  ['no such state', 'GET /api/assignments?state=on,asleep', {}, 'invalid_request', 'state.1'],
  ['no such state', 'GET /api/assignments/asg_nope/runs?state=due', {}, 'invalid_request', 'state.0'],
  ['search too long', `GET /api/assignments?q=${long(201)}`, {}, 'invalid_request', 'q'],
  ['cursor', 'GET /api/assignments?cursor=zzz', {}, 'invalid_cursor'],
  ['no draft', 'POST /api/assignments/try', { body: {} }, 'invalid_request', 'draft'],
  [
    'an event without its type',
    'POST /api/assignments/try',
    { body: { draft: draft({}).body, event: { data: {} } } },
    'invalid_request',
    'event.type',
  ],
  ['no file', 'POST /api/assignments/import', { body: {} }, 'invalid_request', 'assignments'],
  [
    'a file of something else',
    'POST /api/assignments/import',
    { body: { meanwhile: 'notes', version: 2, assignments: [] } },
    'invalid_request',
    'meanwhile',
  ],
  [
    'no draft in it',
    `POST /api/sessions/:session/messages/msg_nope/draft`,
    { body: { action: 'make' } },
    'message_not_found',
  ],
  [
    'no such action',
    `POST /api/sessions/:session/messages/msg_nope/draft`,
    { body: { action: 'keep' } },
    'invalid_request',
    'action',
  ],
  [
    'a change of a wrong kind',
    `POST /api/sessions/:session/messages/msg_nope/draft`,
    { body: { action: 'make', change: { trigger: { type: 'timer' } } } },
    'invalid_request',
    'change.trigger.text',
  ],
  ['no time', 'POST /api/sessions/:session/messages', say('/remind call mum'), 'invalid_command', 'text'],
  [
    'nothing to wait for',
    'POST /api/sessions/:session/messages',
    say('/when pigs fly'),
    'invalid_command',
    'text',
  ],
  [
    'nothing to do',
    'POST /api/sessions/:session/messages',
    say('/when task failed'),
    'invalid_command',
    'text',
  ],
]);

suite('calls', [
  ['unknown tool', 'POST /api/servers/lab/tools/nope', call({}), 'tool_not_found'],
  ['prototype tool', 'POST /api/servers/lab/tools/__proto__', call({}), 'tool_not_found'],
  ['missing', 'POST /api/servers/lab/tools/echo', call({}), 'invalid_arguments', 'arguments.text'],
  ['no body', 'POST /api/servers/lab/tools/echo', {}, 'invalid_arguments', 'arguments.text'],
  [
    'wrong type',
    'POST /api/servers/lab/tools/echo',
    call({ text: 7 }),
    'invalid_arguments',
    'arguments.text',
  ],
  [
    'wrong type',
    'POST /api/servers/lab/tools/steps',
    call({ steps: 1.5 }),
    'invalid_arguments',
    'arguments.steps',
  ],
  ['no object', 'POST /api/servers/lab/tools/echo', call('text'), 'invalid_request', 'arguments'],
  ['an array', 'POST /api/servers/lab/tools/echo', call([]), 'invalid_request', 'arguments'],
  ['unknown field', 'POST /api/servers/lab/tools/echo', { body: { text: 'x' } }, 'invalid_request', 'text'],
  [
    'unknown session',
    'POST /api/servers/lab/tools/echo',
    call({ text: 'x' }, { sessionId: 'sess_nope' }),
    'session_not_found',
  ],
  [
    'wrong type',
    'POST /api/servers/lab/tools/echo',
    call({ text: 'x' }, { sessionId: 7 }),
    'invalid_request',
    'sessionId',
  ],
]);

suite('what is said in a chat', [
  ['unknown word', 'POST /api/sessions/:session/messages', say('/foo'), 'invalid_command', 'text'],
  ['unknown server', 'POST /api/sessions/:session/messages', say('/nope.x'), 'server_not_found'],
  ['prototype server', 'POST /api/sessions/:session/messages', say('/__proto__.x'), 'server_not_found'],
  ['unknown tool', 'POST /api/sessions/:session/messages', say('/lab.nope'), 'tool_not_found'],
  [
    'no number',
    'POST /api/sessions/:session/messages',
    say('/lab.steps steps=many'),
    'invalid_arguments',
    'steps',
  ],
  [
    'open quote',
    'POST /api/sessions/:session/messages',
    say('/lab.echo text="x'),
    'invalid_arguments',
    'arguments',
  ],
  ['no key', 'POST /api/sessions/:session/messages', say('/lab.echo hello'), 'invalid_arguments', 'hello'],
  [
    'broken JSON',
    'POST /api/sessions/:session/messages',
    say('/lab.echo {"text":'),
    'invalid_arguments',
    'arguments',
  ],
  [
    'missing',
    'POST /api/sessions/:session/messages',
    say('/lab.echo'),
    'invalid_arguments',
    'arguments.text',
  ],
  ['unknown task', 'POST /api/sessions/:session/messages', say('/cancel task_nope'), 'task_not_found'],
]);

suite('unknown ids', [
  ['task', 'GET /api/tasks/task_nope', {}, 'task_not_found'],
  ['task', 'GET /api/tasks/task_nope/log', {}, 'task_not_found'],
  ['task', 'GET /api/tasks/task_nope/result', {}, 'task_not_found'],
  ['task', 'POST /api/tasks/task_nope/cancel', {}, 'task_not_found'],
  ['task', 'POST /api/tasks/__proto__/cancel', {}, 'task_not_found'],
  ['session', 'GET /api/sessions/sess_nope', {}, 'session_not_found'],
  ['session', 'PATCH /api/sessions/sess_nope', { body: { title: 'x' } }, 'session_not_found'],
  ['session', 'DELETE /api/sessions/sess_nope', {}, 'session_not_found'],
  ['session', 'GET /api/sessions/sess_nope/messages', {}, 'session_not_found'],
  ['session', 'POST /api/sessions/sess_nope/messages', say('hello'), 'session_not_found'],
  ['server', 'GET /api/servers/nope', {}, 'server_not_found'],
  ['server', 'PATCH /api/servers/nope', { body: { enabled: true } }, 'server_not_found'],
  ['server', 'DELETE /api/servers/nope', {}, 'server_not_found'],
  ['server', 'POST /api/servers/nope/retry', {}, 'server_not_found'],
  ['server', 'POST /api/servers/nope/tools/x', call({}), 'server_not_found'],
  ['a long id', `GET /api/tasks/${long(101)}`, {}, 'invalid_request', 'id'],
  ['a very long id', `GET /api/sessions/${long(8_000)}`, {}, 'invalid_request', 'id'],
  ['a path as id', 'GET /api/tasks/..%2f..%2fetc%2fpasswd', {}, 'task_not_found'],
  ['NUL as id', 'GET /api/tasks/%00', {}, 'task_not_found'],
  ['no text as id', 'GET /api/tasks/%ff%fe', {}, 'task_not_found'],
  ['half a character', 'GET /api/tasks/%zz', {}, 'task_not_found'],
  ['SQL as id', "GET /api/tasks/'%20or%201=1--", {}, 'task_not_found'],
]);

const badNumbers = ['0', '201', 'abc', '-1', '1.5', '', '1e99', 'NaN', '0x', '1&limit=2'];
suite('queries', [
  ...['tasks', 'sessions', 'sessions/:session/messages'].flatMap((list) =>
    badNumbers.map((limit): Row => [list, `GET /api/${list}?limit=${limit}`, {}, 'invalid_request', 'limit']),
  ),
  ...['zzz', '', 'bWVzc2FnZXM6MQ', '%00', 'dGFza3M6MWU5OQ'].map(
    (cursor): Row => ['cursor', `GET /api/tasks?cursor=${cursor}`, {}, 'invalid_cursor'],
  ),
  ['cursor too long', `GET /api/tasks?cursor=${long(201)}`, {}, 'invalid_request', 'cursor'],
  ['no such status', 'GET /api/tasks?status=working,asleep', {}, 'invalid_request', 'status.1'],
  ['no such source', 'GET /api/tasks?source=me', {}, 'invalid_request', 'source'],
  ['search too long', `GET /api/tasks?q=${long(201)}`, {}, 'invalid_request', 'q'],
  ['unknown field', 'GET /api/tasks?colour=red', {}, 'invalid_request', 'colour'],
  ['prototype key', 'GET /api/tasks?__proto__=1', {}, 'invalid_request', '__proto__'],
  ...['-1', 'abc', '1e99', '1.5'].flatMap((after): Row[] => [
    ['log', `GET /api/tasks/:task/log?after=${after}`, {}, 'invalid_request', 'after'],
    ['events', `GET /api/events?after=${after}`, {}, 'invalid_request', 'after'],
    ['events', 'GET /api/events', { headers: { 'last-event-id': after } }, 'invalid_request', 'after'],
  ]),
  ['log', 'GET /api/tasks/:task/log?limit=1001', {}, 'invalid_request', 'limit'],
  ['events', `GET /api/events?session=${long(101)}`, {}, 'invalid_request', 'session'],
]);

const asText = { 'content-type': 'text/plain' };
suite('bodies', [
  ['broken JSON', 'POST /api/sessions', { body: '{"title":' }, 'invalid_json'],
  ['no JSON', 'POST /api/sessions', { body: 'title=x' }, 'invalid_json'],
  ['JSON and more', 'POST /api/sessions', { body: '{"title":"x"} y' }, 'invalid_json'],
  ['NUL', 'POST /api/sessions', { body: '\0' }, 'invalid_json'],
  ['above 1 MB', 'POST /api/sessions', { body: `{"title":"${long(1024 * 1024)}"}` }, 'body_too_large'],
  ['of unknown length', 'POST /api/sessions', { body: '{"title":"x"}', chunked: true }, 'body_too_large'],
  ['as text', 'POST /api/sessions', { body: '{"title":"x"}', headers: asText }, 'unsupported_media_type'],
  [
    'as a form',
    'POST /api/sessions',
    { body: 'title=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    'unsupported_media_type',
  ],
  [
    'almost JSON',
    'POST /api/sessions',
    { body: '{"title":"x"}', headers: { 'content-type': 'application/jsonp' } },
    'unsupported_media_type',
  ],
  [
    '10,000 levels',
    'POST /api/sessions',
    { body: `{"title":${'['.repeat(10_000)}${']'.repeat(10_000)}}` },
    'invalid_request',
    'title',
  ],
  [
    '10,000 levels',
    'POST /api/servers/lab/tools/echo',
    { body: `{"arguments":{"text":${'['.repeat(10_000)}${']'.repeat(10_000)}}}` },
    'invalid_arguments',
    'arguments.text',
  ],
]);

const as = (headers: Record<string, string>): Sent => ({ headers });
suite('who may ask', [
  ['a wrong token', 'GET /api/tasks', as({ authorization: 'Bearer wrong' }), 'unauthorized'],
  ['an empty token', 'GET /api/tasks', as({ authorization: 'Bearer ' }), 'unauthorized'],
  ['another scheme', 'GET /api/tasks', as({ authorization: 'Basic dTpw' }), 'unauthorized'],
  ['a wrong token', 'GET /metrics', as({ authorization: 'Bearer wrong' }), 'unauthorized'],
  ['a wrong token', 'GET /api/events', as({ authorization: 'Bearer wrong' }), 'unauthorized'],
  ['a wrong token', 'GET /api/no/such/thing', as({ authorization: 'Bearer wrong' }), 'unauthorized'],
  ['a wrong token', 'GET /api/assignments', as({ authorization: 'Bearer wrong' }), 'unauthorized'],
  ['a wrong token', 'GET /api/hooks/x', as({ authorization: 'Bearer wrong' }), 'unauthorized'],
  ['a wrong token', 'POST /api/signin', { body: { token: 'wrong' } }, 'unauthorized'],
  ['a foreign Host', 'GET /api/tasks', as({ host: 'evil.example' }), 'forbidden_host'],
  ['a rebound name', 'GET /api/tasks', as({ host: '127.0.0.1.evil.example:80' }), 'forbidden_host'],
  ['no port', 'GET /healthz', as({ host: '127.0.0.1' }), 'forbidden_host'],
  ['a foreign Origin', 'GET /api/tasks', as({ origin: 'https://evil.example' }), 'forbidden_origin'],
  ['Origin null', 'POST /api/sessions', { body: {}, headers: { origin: 'null' } }, 'forbidden_origin'],
  [
    'another port',
    'POST /api/sessions',
    { body: {}, headers: { origin: 'http://127.0.0.1:1' } },
    'forbidden_origin',
  ],
]);

describe('methods and addresses', () => {
  test.each([
    ['POST /api/tasks', 'task_not_creatable', 'GET'],
    ['DELETE /api/tasks', 'method_not_allowed', 'GET'],
    ['PUT /api/sessions', 'method_not_allowed', 'GET, POST'],
    ['OPTIONS /api/sessions', 'method_not_allowed', 'GET, POST'],
    ['DELETE /api/sessions/:session/messages', 'method_not_allowed', 'GET, POST'],
    ['GET /api/tasks/:task/cancel', 'method_not_allowed', 'POST'],
    ['POST /api/events', 'method_not_allowed', 'GET'],
    ['PUT /api/servers/lab', 'method_not_allowed', 'GET, PATCH, DELETE'],
    ['GET /api/servers/lab/tools/echo', 'method_not_allowed', 'POST'],
    ['PUT /api/assignments', 'method_not_allowed', 'GET, POST'],
    ['PUT /api/assignments/export', 'method_not_allowed', 'GET'],
    ['DELETE /api/runs/run_nope', 'method_not_allowed', 'GET'],
    ['GET /api/hooks/nope', 'method_not_allowed', 'POST'],
  ] as const)('%s is refused with %s and says what is served', async (request, code, allow) => {
    const { headers } = await refused(request, {}, code);
    expect(headers.allow).toBe(allow);
  });
  suite('addresses', [
    ['nothing here', 'GET /api/nothing', {}, 'not_found'],
    ['nothing here', 'POST /api/tasks/:task/result/more', { body: {} }, 'not_found'],
    ['nothing here', 'GET /api/', {}, 'not_found'],
  ]);
});

describe('what is odd but allowed', () => {
  test('a POST without any body, as curl sends it', async () => {
    const answer = await send('POST', '/api/servers/lab/retry');
    expect(answer.status, answer.text).toBe(202);
  });

  test('a cookie signs in, and only the right one', async () => {
    const signIn = await send('POST', '/api/signin', {
      body: { token: host.token },
      headers: { authorization: '' },
    });
    expect(signIn.status, signIn.text).toBe(204);
    const [cookie = ''] = [signIn.headers['set-cookie'] ?? []].flat();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    expect(cookie).not.toContain(host.token);
    const ask = (value: string) => rawRequest(`${host.url}/api/tasks`, { headers: { cookie: value } });
    expect((await ask(cookie.split(';')[0] ?? '')).status).toBe(200);
    expect((await ask(`${cookie.split('=')[0]}=wrong`)).status).toBe(401);
    expect((await rawRequest(`${host.url}/api/tasks`, {})).status).toBe(401);
  });

  test.each(['a\0b', 'half \ud800 a character', '\u202e\u200b', '<script>alert(1)</script>'])(
    'the text %j is kept as it was said',
    async (text) => {
      const said = await host.api.post<Said>(`/api/sessions/${session.id}/messages`, { text });
      expect(said.status).toBe(201);
      const { messages } = (await host.api.get<MessagePage>(`/api/sessions/${session.id}/messages`)).body;
      expect(messages).toContainEqual(expect.objectContaining({ parts: [{ type: 'text', text }] }));
    },
  );

  test('a NUL and half a character reach the tool', async () => {
    const text = 'a\0b \ud800';
    const { body } = await host.api.post<CallAnswer>('/api/servers/lab/tools/echo', { arguments: { text } });
    expect(body.result?.content).toMatchObject({ content: [{ text }] });
  });

  test.each([
    ['a prototype key', '{"arguments":{"text":"x","__proto__":{"polluted":true}}}'],
    ['10,000 levels', `{"arguments":{"text":"x","deep":${'['.repeat(10_000)}${']'.repeat(10_000)}}}`],
  ])('%s beside the arguments of a tool harms nothing', async (_what, body) => {
    const answer = await send('POST', '/api/servers/lab/tools/echo', { body });
    expect(answer.status, answer.text).toBeLessThan(500);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    const { body: direct } = await host.api.get<{ sessions: Session[] }>('/api/sessions');
    expect(direct.sessions.length).toBeGreaterThan(1);
    const again = await host.api.post<CallAnswer>('/api/servers/lab/tools/echo', {
      arguments: { text: 'still here' },
    });
    expect(again.body.result?.content).toMatchObject({ content: [{ text: 'still here' }] });
  });

  test('a seq that was never given asks for everything anew', async () => {
    const response = await fetch(`${host.url}/api/events?after=9007199254740991`, {
      headers: { authorization: `Bearer ${host.token}` },
    });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('event: resync')) text += (await reader.read()).value;
    await reader.cancel();
  });
});

describe('what is no HTTP', () => {
  const bytes = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(host.url);
      const socket = connect(Number(port), hostname, () => socket.write(text));
      let answer = '';
      socket
        .on('data', (chunk) => (answer += chunk))
        .on('error', reject)
        .on('close', () => resolve(answer));
    });
  test.each([
    ['garbage', '\x16\x03\x01garbage\r\n\r\n', '400'],
    ['a huge header', `GET /api/tasks HTTP/1.1\r\nHost: x\r\nX: ${long(20_000)}\r\n\r\n`, '431'],
    ['an empty Host', 'GET /healthz HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n', '400'],
    ['no Host', 'GET /api/tasks HTTP/1.1\r\n\r\n', '400'],
    ['a length below zero', 'POST /api/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n', '400'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      '400',
    ],
  ])('%s is refused', async (_what, text, status) => {
    expect(await bytes(text)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});

test('after all of it the host and its server are the same as before', async () => {
  expect((await send('GET', '/readyz')).status).toBe(200);
  const view = (await host.api.get<{ state: string; attempts?: number }>('/api/servers/lab')).body;
  expect(view).toMatchObject({ state: 'ready' });
  expect(view.attempts).toBeUndefined();
  const { messages } = (await host.api.get<{ messages: Message[] }>(`/api/sessions/${session.id}/messages`))
    .body;
  expect(messages.filter((message) => message.taskId === taskId)).toHaveLength(1);
});
