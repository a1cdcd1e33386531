import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../../src/assignment/run.ts';
import { eventually } from '../support/eventually.ts';
import { rawRequest } from '../support/raw-request.ts';
import { atEndOfFile, commandServer, tempFolder, writeConfig } from '../support/test-host.ts';
import { type Asking, asking, isToldOnce, runs, yearly } from './rig.ts';
import { type KilledHost, type KillPoint, killedHost } from './start-killed-host.ts';

/*
 * A host that is really killed at every step of a firing. Its successor finds what was left, and is the one that is
 * killed next.
 */

const atEnd = atEndOfFile();
const data = tempFolder(atEnd);
const place = tempFolder(atEnd);
let host: KilledHost;
let ask: Asking;

async function start() {
  host = await killedHost(data, atEnd);
  ask = asking(host.api);
  await ask.ready();
}

beforeAll(async () => {
  writeConfig(data, { command: commandServer(place) });
  await start();
}, 20_000);

let made = 0;
/** A command that leaves a line each time it is run. */
function counted(after: (file: string) => string = () => 'true') {
  const file = join(place, `lines-${made++}`);
  return {
    command: `echo ran >> ${file}; ${after(file)}`,
    times: () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0),
  };
}

/** The host may die before it answers. */
const runNow = (id: string) => host.api.post(`/api/assignments/${id}/run`).catch(() => {});

const soon = { type: 'timer', text: 'in 1 second' } as const;

describe('killed', () => {
  /** What the run comes to, and how often its command was run. */
  const fates: Partial<Record<KillPoint, [Run['state'], number]>> = {
    'before the run is kept': ['completed', 1],
    'when the run is kept': ['completed', 1],
    'when it has begun': ['completed', 1],
    'before its call is sent': ['failed', 0],
    'before the end of its call is kept': ['failed', 1],
    'before the end of the run is kept': ['completed', 1],
    'when the end of the run is kept': ['completed', 1],
  };

  test.each(Object.entries(fates))('%s: one run, one true end, told once', async (point, [state, times]) => {
    const isTimer = point === 'before the run is kept' || point === 'when the run is kept';
    const { command, times: ran } = counted();
    const { assignment } = await ask.make({ trigger: isTimer ? soon : yearly, work: runs(command) });
    await host.arm(point as KillPoint);
    if (!isTimer) await runNow(assignment.id);
    await host.died();
    await start();
    const run = await isToldOnce(ask, assignment.id);
    expect(run).toMatchObject({ state, ...(isTimer && { cause: { dueAt: assignment.nextDueAt } }) });
    expect(ran()).toBe(times);
    const task = await ask.task(run.taskId);
    expect(task).toMatchObject({ status: state });
    if (state === 'failed') expect(task.failure?.message).toContain('Meanwhile was stopped');
  });
});

test.each([
  ['when the end of its call is kept', '{{steps.0.text}}', 'after Exit status 0'],
  ['before its second step is kept', '{{steps.0.data.exitStatus}}', 'after 0'],
] as const)(
  'killed between two steps, %s: it goes on with the second, which knows of the first',
  async (point, named, expected) => {
    const first = counted();
    const second = counted(() => `echo "after ${named}"`);
    const { assignment } = await ask.make({ trigger: yearly, work: runs(first.command, second.command) });
    await host.arm(point);
    await runNow(assignment.id);
    await host.died();
    await start();
    const run = await isToldOnce(ask, assignment.id);
    expect(run, run.note).toMatchObject({
      state: 'completed',
      steps: [{ state: 'completed' }, { preview: expect.stringContaining(expected) }],
    });
    expect([first.times(), second.times()]).toEqual([1, 1]);
  },
);

test('killed while one runs, one waits for its next try, and an event was accepted: each comes to its own end', async () => {
  const cut = counted(() => 'sleep 48151624');
  const { assignment: running } = await ask.make({
    trigger: yearly,
    work: runs(cut.command, 'echo the second step'),
    rules: { retries: 3, retryAfterMs: 1_000 },
  });
  const tried = counted((file) => `[ $(wc -l < ${file}) -gt 1 ]`);
  const { assignment: retried } = await ask.make({
    trigger: yearly,
    work: runs(tried.command),
    rules: { retries: 1, retryAfterMs: 2_000, mayRepeatCalls: true },
  });
  const heard = counted(() => 'echo {{events.length}}');
  const { assignment: hooked, hookUrl = '' } = await ask.make({
    trigger: { type: 'event', source: { kind: 'hook', signed: false }, debounceMs: 4_000 },
    work: runs(heard.command),
  });
  await Promise.all([runNow(running.id), runNow(retried.id)]);
  await eventually(() => cut.times() === 1);
  await eventually(async () => (await ask.runsOf(retried.id))[0]?.attempt === 2);
  for (const id of ['a', 'b']) {
    const headers = { 'webhook-id': id };
    expect((await rawRequest(hookUrl, { method: 'POST', headers, body: '{}' })).status).toBe(202);
  }
  expect(await ask.runsOf(hooked.id)).toEqual([]);
  await host.kill();
  await start();

  expect(await isToldOnce(ask, running.id)).toMatchObject({
    state: 'failed',
    note: expect.stringContaining('does not say that calling it twice does no harm'),
    steps: [{ state: 'failed' }, { state: 'pending' }],
  });
  expect(cut.times()).toBe(1);
  expect(await isToldOnce(ask, retried.id)).toMatchObject({ state: 'completed', attempt: 2 });
  expect(tried.times()).toBe(2);
  const run = await isToldOnce(ask, hooked.id);
  expect(run).toMatchObject({ state: 'completed', cause: { events: [{ id: 'a' }, { id: 'b' }] } });
  expect(heard.times()).toBe(1);
});
