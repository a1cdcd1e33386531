import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AssignmentDraft } from '../../src/assignment/draft.ts';
import { signHook } from '../../src/sources/assignments/hooks/verify-hook.ts';
import type { Problem } from '../../src/views/api/contract/types.ts';
import { eventually } from '../support/eventually.ts';
import { rawRequest } from '../support/raw-request.ts';
import { atEndOfFile, commandServer, tempFolder, testHost, writeConfig } from '../support/test-host.ts';
import { type Asking, asking, changesOf, filesServer, runs, yearly } from './rig.ts';

/* Assignments from end to end: a real host, the real Command and Files servers, and the API. */

const atEnd = atEndOfFile();
const data = tempFolder(atEnd);
const place = tempFolder(atEnd);
const inbox = join(place, 'inbox');
let host: Awaited<ReturnType<typeof testHost>>;
let ask: Asking;

async function start() {
  host = await testHost({}, { folder: data, atEnd });
  ask = asking(host.api);
  await ask.ready();
}

const servers = { command: commandServer(place), files: filesServer(inbox, join(place, 'state')) };

beforeAll(async () => {
  writeConfig(data, servers);
  await start();
}, 20_000);

const linesOf = (file: string) => readFileSync(join(place, file), 'utf8').trim().split('\n');
const drop = (name: string) => writeFileSync(join(inbox, name), name);
/** What is there already counts as known from here on. */
const listens = (id: string) => eventually(() => host.store.notes.get('events-seen', id));

const pathsOf = async (id: string) =>
  (await ask.runsOf(id)).flatMap(({ cause }) =>
    cause.type === 'event' ? cause.events.map(({ data }) => String(data.path)) : [],
  );

const dropped = { type: 'event', source: { kind: 'resource', server: 'files', uri: '' } } as const;
const whenDropped = (glob: string, more: { atMostEveryMs?: number } = {}) => ({
  ...dropped,
  ...more,
  source: { ...dropped.source, uri: changesOf(inbox) },
  filters: [
    { path: 'type', op: 'equals' as const, value: 'file.created' },
    { path: 'path', op: 'glob' as const, value: glob },
  ],
});

test('a timer runs its command once, and its own chat is told once, by the run and not by its call', async () => {
  const { assignment } = await ask.make({
    trigger: { type: 'timer', text: 'in 1 second' },
    work: runs('echo fired >> fired; sleep 1.2; echo the end'),
  });
  const [run] = await ask.ended(assignment.id);
  expect(run).toMatchObject({ state: 'completed', cause: { dueAt: assignment.nextDueAt } });
  const lateMs = Date.parse(run!.startedAt ?? '') - Date.parse(assignment.nextDueAt ?? '');
  expect(lateMs).toBeGreaterThanOrEqual(0);
  expect(linesOf('fired')).toEqual(['fired']);
  const parent = await ask.task(run?.taskId);
  expect(parent).toMatchObject({
    status: 'completed',
    sessionId: assignment.sessionId,
    result: { preview: expect.stringContaining('the end') },
  });
  const child = (await ask.tasks()).find(({ parentId }) => parentId === parent.id);
  expect(child).toMatchObject({ status: 'completed', source: { server: 'command', tool: 'run' } });
  await eventually(async () => (await ask.task(parent.id)).delivery.state === 'delivered');
  expect(await ask.told(assignment.sessionId)).toEqual([parent.id]);
  expect((await ask.task(child?.id)).delivery.state).not.toBe('pending');
  expect(await ask.assignment(assignment.id)).toMatchObject({ state: 'done' });
});

test('a step uses what the step before it came to', async () => {
  const { assignment } = await ask.make({
    trigger: yearly,
    work: runs('echo 41', "echo 'it was {{steps.0.data.exitStatus}} {{steps.0.state}}'"),
  });
  await host.api.post(`/api/assignments/${assignment.id}/run`);
  const [run] = await ask.ended(assignment.id);
  expect(run, JSON.stringify(run)).toMatchObject({ state: 'completed' });
  expect(run?.steps[1]).toMatchObject({
    call: { arguments: { command: "echo 'it was 0 completed'" } },
    preview: expect.stringContaining('it was 0 completed'),
  });
});

describe('a hook', () => {
  const post = (url: string, id: string, more: Record<string, string> = {}) =>
    rawRequest(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'webhook-id': id, ...more },
      body: '{"ref":"main"}',
    });
  const hooked = (signed: boolean) =>
    ask.make({
      trigger: { type: 'event', source: { kind: 'hook', signed } },
      work: runs("echo '{{event.ref}} {{event.id}}'"),
    });

  test('begins a run with what it was told, and a repeated one begins none', async () => {
    const { assignment, hookUrl = '' } = await hooked(false);
    expect((await post(hookUrl, 'one')).status).toBe(202);
    expect((await post(hookUrl, 'one')).status).toBe(202);
    expect((await post(hookUrl, 'two')).status).toBe(202);
    const found = await ask.ended(assignment.id, 2);
    const commands = found.map(({ steps }) => steps[0]?.call.arguments.command);
    expect(commands.toSorted()).toEqual(["echo 'main one'", "echo 'main two'"]);
  });

  test('what it was told stays data in a command, whatever it says', async () => {
    const { assignment, hookUrl = '' } = await ask.make({
      trigger: { type: 'event', source: { kind: 'hook', signed: false } },
      work: runs("printf '[%s]' {{event.text}}"),
    });
    const text = "'; echo broken out; echo '$(echo run)";
    const body = JSON.stringify({ text });
    const headers = { 'content-type': 'application/json', 'webhook-id': 'one' };
    expect((await rawRequest(hookUrl, { method: 'POST', headers, body })).status).toBe(202);
    const [run] = await ask.ended(assignment.id);
    expect(run).toMatchObject({ state: 'completed' });
    expect(run!.steps[0]?.preview).toContain(`[${text}]`);
  });

  test('that is signed begins a run once, and none for what is not signed or old', async () => {
    const { assignment, hookUrl = '', hookSecret = '' } = await hooked(true);
    const nowS = Math.floor(Date.now() / 1_000);
    const signed = (id: string, atS: number) =>
      post(hookUrl, id, {
        'webhook-timestamp': String(atS),
        'webhook-signature': signHook(hookSecret, id, atS, '{"ref":"main"}'),
      });
    expect((await post(hookUrl, 'plain')).status).toBe(400);
    expect((await signed('old', nowS - 600)).status).toBe(400);
    expect((await signed('good', nowS)).status).toBe(202);
    expect((await signed('good', nowS)).status).toBe(202);
    expect(await ask.ended(assignment.id)).toMatchObject([
      { state: 'completed', cause: { events: [{ id: 'good' }] } },
    ]);
  });
});

describe('a watched folder', () => {
  test('a file that is dropped into it begins a run with its path', async () => {
    const { assignment } = await ask.make({
      trigger: whenDropped('bill*'),
      // A path comes from outside, so it goes where no shell reads it.
      work: {
        type: 'calls',
        calls: [
          {
            server: 'command',
            tool: 'run',
            arguments: { command: 'cat "$DROPPED"', env: { DROPPED: '{{event.path}}' } },
          },
        ],
      },
    });
    await listens(assignment.id);
    drop('letter.txt');
    drop('bill.txt');
    expect(await ask.ended(assignment.id)).toMatchObject([
      { state: 'completed', steps: [{ preview: expect.stringContaining('bill.txt') }] },
    ]);
    await host.api.patch(`/api/assignments/${assignment.id}`, { state: 'paused' });
  });

  test('of a burst of 300 files each is in exactly one run, and the runs are few', async () => {
    const { assignment } = await ask.make({
      trigger: whenDropped('burst*', { atMostEveryMs: 300 }),
      work: runs('true'),
    });
    await listens(assignment.id);
    const names = Array.from({ length: 300 }, (_, n) => `burst-${n}`);
    for (const name of names) drop(name);
    const paths = await eventually(async () => {
      const found = await pathsOf(assignment.id);
      return found.length >= 300 && found;
    }, 20_000);
    expect(paths.toSorted()).toEqual(names.map((name) => join(inbox, name)).toSorted());
    const all = await ask.ended(assignment.id);
    expect(all.every(({ state }) => state === 'completed')).toBe(true);
    expect(all.length).toBeLessThan(60);
    await host.api.patch(`/api/assignments/${assignment.id}`, { state: 'paused' });
    for (const name of names) rmSync(join(inbox, name));
  }, 30_000);
});

test('a task that failed begins a run; its own failed run does not', async () => {
  const { assignment } = await ask.make({
    trigger: { type: 'event', source: { kind: 'task', statuses: ['failed'] } },
    work: runs("echo '{{event.title}}' >> failures; exit 3"),
  });
  const { assignment: failing } = await ask.make({
    title: 'Fails',
    trigger: yearly,
    work: runs('exit 7'),
  });
  await host.api.post(`/api/assignments/${failing.id}/run`);
  expect(await ask.ended(failing.id)).toMatchObject([{ state: 'failed' }]);
  expect(await ask.ended(assignment.id)).toMatchObject([{ state: 'failed' }]);
  expect(linesOf('failures')).toEqual(['Fails']);
  expect(await ask.runsOf(assignment.id)).toHaveLength(1);
  await host.api.patch(`/api/assignments/${assignment.id}`, { state: 'paused' });
});

test('assignments that fire at each other’s ends stop after each has run once', async () => {
  const ended: AssignmentDraft['trigger'] = {
    type: 'event',
    source: { kind: 'task', statuses: ['completed'] },
    filters: [{ path: 'title', op: 'matches', value: '^(Ping|Pong|Serve)$' }],
  };
  const make = async (title: string, trigger: AssignmentDraft['trigger']) =>
    (await ask.make({ title, trigger, work: runs(`echo ${title} >> rally`) })).assignment;
  const ping = await make('Ping', ended);
  const pong = await make('Pong', ended);
  const serve = await make('Serve', yearly);
  await host.api.post(`/api/assignments/${serve.id}/run`);
  // Each hears of the first, and once of the other: what led to it already is not fired again.
  await Promise.all([ask.ended(serve.id), ask.ended(ping.id, 2), ask.ended(pong.id, 2)]);
  expect(linesOf('rally').toSorted()).toEqual(['Ping', 'Ping', 'Pong', 'Pong', 'Serve']);
  for (const { id } of [ping, pong]) await host.api.patch(`/api/assignments/${id}`, { state: 'paused' });
});

test('a placeholder where no value can be safe is refused when it is saved, naming the field', async () => {
  const answer = await host.api.post<Problem>('/api/assignments', {
    trigger: { type: 'event', source: { kind: 'hook', signed: false } },
    work: runs('echo $(cat {{event.path}})'),
  });
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toEqual([
    {
      field: 'work.calls.0.arguments.command',
      expected: expect.stringContaining('where it is not sure that they stay data'),
    },
  ]);
});

test('a call of a server that is not there was not sent: the run says so, and is tried again when it is there', async () => {
  const work = runs('true');
  if (work.type !== 'calls') throw new Error('calls');
  const { assignment } = await ask.make({
    trigger: yearly,
    work: { ...work, calls: [{ ...work.calls[0]!, server: 'later' }] },
    rules: { retries: 4, retryAfterMs: 1_000 },
  });
  await host.api.post(`/api/assignments/${assignment.id}/run`);
  const waiting = await eventually(async () =>
    (await ask.runsOf(assignment.id)).find(({ attempt }) => attempt > 1),
  );
  expect(waiting.note).toContain('There is no server “later”');
  writeConfig(data, { ...servers, later: servers.command });
  expect(await ask.ended(assignment.id)).toMatchObject([{ state: 'completed' }]);
  writeConfig(data, servers);
});

test('what happened while the host was away is found, each file once; what is paused stays silent', async () => {
  const made = async (glob: string) =>
    (await ask.make({ trigger: whenDropped(glob, { atMostEveryMs: 50 }), work: runs('true') })).assignment.id;
  const [on, paused] = [await made('away*'), await made('away*')];
  await Promise.all([listens(on), listens(paused)]);
  drop('away-before');
  await Promise.all([ask.ended(on), ask.ended(paused)]);
  await host.api.patch(`/api/assignments/${paused}`, { state: 'paused' });
  await host.close();
  for (let n = 0; n < 110; n++) drop(`away-${n}`); // more than the journal shows at once
  await start();
  const paths = await eventually(async () => {
    const found = await pathsOf(on);
    return found.length >= 111 && found;
  }, 20_000);
  expect(new Set(paths).size).toBe(111);
  expect(paths).toHaveLength(111);
  expect(await ask.runsOf(paused)).toHaveLength(1);

  await host.api.patch(`/api/assignments/${paused}`, { state: 'on' });
  await listens(paused);
  drop('away-after');
  await ask.ended(paused, 2);
  expect((await pathsOf(paused)).toSorted()).toEqual(
    ['away-after', 'away-before'].map((name) => join(inbox, name)),
  );
}, 40_000);
