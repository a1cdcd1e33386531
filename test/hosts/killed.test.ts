import { beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../../src/assignment/run.ts';
import { SKIP_REASON, TEST_DATABASE_URL } from '../../src/store/postgres/postgres-place.fixture.ts';
import { isToldOnce, runs, yearly } from '../assignments/rig.ts';
import type { KillPoint } from '../assignments/start-killed-host.ts';
import { eventually } from '../support/eventually.ts';
import { rawRequest } from '../support/raw-request.ts';
import { atEndOfFile } from '../support/test-host.ts';
import { type ThreeHosts, threeHosts } from './three-hosts.ts';

/*
 * Three hosts on one PostgreSQL. At every step of a firing the one that has come there is really killed, and the two
 * others bring the run to one true end, without it.
 */

const soon = { type: 'timer', text: 'in 1 second' } as const;
const TIMEOUT_MS = 60_000;

describe.skipIf(!TEST_DATABASE_URL)(TEST_DATABASE_URL ? 'three hosts' : `three hosts ${SKIP_REASON}`, () => {
  const atEnd = atEndOfFile();
  let three: ThreeHosts;
  beforeAll(async () => {
    three = await threeHosts(atEnd);
  }, TIMEOUT_MS);

  /** What the run comes to, and how often its command was run. */
  const fates: Partial<Record<KillPoint, [Run['state'], number]>> = {
    'before the run is kept': ['completed', 1],
    'when the run is kept': ['completed', 1],
    'when it has begun': ['completed', 1],
    'before its call is sent': ['lost', 0],
    'before the end of its call is kept': ['lost', 1],
    'before the end of the run is kept': ['completed', 1],
    'when the end of the run is kept': ['completed', 1],
  };

  test.each(Object.entries(fates))(
    'one is killed %s: the others bring it to one true end, told once',
    async (point, [state, times]) => {
      const isTimer = point === 'before the run is kept' || point === 'when the run is kept';
      const { command, times: ran } = three.counted();
      const [maker] = three.fellows;
      const { assignment } = await maker.ask.make({ trigger: isTimer ? soon : yearly, work: runs(command) });
      const dead = await three.killFirstAt(point as KillPoint, async () => {
        if (!isTimer) await maker.host.api.post(`/api/assignments/${assignment.id}/run`).catch(() => {});
      });
      const { ask } = three.besides(dead);
      const run = await isToldOnce(ask, assignment.id);
      expect(run, run.note).toMatchObject({
        state,
        ...(isTimer && { cause: { dueAt: assignment.nextDueAt } }),
      });
      expect(ran()).toBe(times);
      expect(await ask.task(run.taskId)).toMatchObject({ status: state });
      const again = await three.restart(dead);
      // Back again, it changes nothing of that.
      expect(await isToldOnce(again.ask, assignment.id)).toMatchObject({ id: run.id, state });
      expect(ran()).toBe(times);
    },
    TIMEOUT_MS,
  );

  test(
    'killed between two steps: another host goes on with the second, which knows of the first',
    async () => {
      const first = three.counted();
      const second = three.counted('echo "after {{steps.0.data.exitStatus}}"');
      const [maker] = three.fellows;
      const { assignment } = await maker.ask.make({
        trigger: yearly,
        work: runs(first.command, second.command),
      });
      const dead = await three.killFirstAt('before its second step is kept', () =>
        maker.host.api.post(`/api/assignments/${assignment.id}/run`).catch(() => {}),
      );
      const run = await isToldOnce(three.besides(dead).ask, assignment.id);
      expect(run, run.note).toMatchObject({
        state: 'completed',
        steps: [{ state: 'completed' }, { preview: expect.stringContaining('after 0') }],
      });
      expect([first.times(), second.times()]).toEqual([1, 1]);
      await three.restart(dead);
    },
    TIMEOUT_MS,
  );

  test(
    'killed in the middle of a call that may be repeated: another host repeats it, and what was cut off is told when its host is back',
    async () => {
      const tried = three.counted('[ -e repeated ] || { touch repeated; sleep 48151623; }');
      const [maker] = three.fellows;
      const { assignment } = await maker.ask.make({
        trigger: yearly,
        work: runs(tried.command),
        rules: { retries: 1, retryAfterMs: 1_000, mayRepeatCalls: true },
      });
      await maker.host.api.post(`/api/assignments/${assignment.id}/run`);
      const child = await eventually(
        async () => (await maker.ask.runsOf(assignment.id))[0]?.steps[0]?.taskId,
      );
      const dead = await three.workingOn(child);
      const other = three.besides(dead);
      await dead.host.kill();
      const run = await isToldOnce(other.ask, assignment.id);
      expect(run, run.note).toMatchObject({ state: 'completed', attempt: 2 });
      expect(tried.times()).toBe(2);
      expect(await other.ask.task(child)).toMatchObject({ status: 'lost' });
      await three.restart(dead);
      await eventually(async () => (await other.ask.task(child)).status === 'failed');
      expect((await other.ask.task(child)).failure?.reason).toBe('interrupted');
    },
    TIMEOUT_MS,
  );

  test(
    'killed with an event that it has accepted: another host makes the run of it',
    async () => {
      const heard = three.counted('echo {{events.length}}');
      const [receiver, other] = three.fellows;
      const { assignment, hookUrl = '' } = await receiver.ask.make({
        trigger: { type: 'event', source: { kind: 'hook', signed: false }, debounceMs: 4_000 },
        work: runs(heard.command),
      });
      for (const id of ['a', 'b']) {
        const headers = { 'webhook-id': id };
        expect((await rawRequest(hookUrl, { method: 'POST', headers, body: '{}' })).status).toBe(202);
      }
      expect(await other.ask.runsOf(assignment.id)).toEqual([]);
      await receiver.host.kill();
      const run = await isToldOnce(other.ask, assignment.id);
      expect(run).toMatchObject({ state: 'completed', cause: { events: [{ id: 'a' }, { id: 'b' }] } });
      expect(heard.times()).toBe(1);
      await three.restart(receiver);
    },
    TIMEOUT_MS,
  );

  test(
    'frozen for a while: the others take over, and when it goes on it does nothing twice and tells what came of its work',
    async () => {
      const [maker] = three.fellows;
      const first = three.counted('sleep 11; echo done at last');
      const second = three.counted();
      const { assignment } = await maker.ask.make({
        trigger: yearly,
        work: runs(first.command, second.command),
      });
      await maker.host.api.post(`/api/assignments/${assignment.id}/run`);
      const child = await eventually(
        async () => (await maker.ask.runsOf(assignment.id))[0]?.steps[0]?.taskId,
      );
      const frozen = await three.workingOn(child);
      const other = three.besides(frozen);
      frozen.host.child.kill('SIGSTOP');
      const run = await isToldOnce(other.ask, assignment.id);
      expect(run).toMatchObject({ state: 'lost', steps: [{ state: 'lost' }, { state: 'pending' }] });
      expect(await other.ask.task(child)).toMatchObject({ status: 'lost' });
      frozen.host.child.kill('SIGCONT');
      await eventually(async () => (await other.ask.task(child)).status === 'completed', 20_000);
      expect((await other.ask.task(child)).result?.preview).toContain('done at last');
      expect(await isToldOnce(frozen.ask, assignment.id)).toMatchObject({ id: run.id, state: 'lost' });
      expect([first.times(), second.times()]).toEqual([1, 0]);
    },
    TIMEOUT_MS,
  );

  test(
    'killed under load: of 200 that are due within seconds each has its one run, and no command ran twice',
    async () => {
      const [maker, victim, other] = three.fellows;
      const made = await Promise.all(
        Array.from({ length: 200 }, async (_, n) => {
          const { command, times } = three.counted();
          const { assignment } = await maker.ask.make({
            trigger: { type: 'timer', text: `in ${4 + (n % 5)} seconds` },
            work: runs(command),
          });
          return { id: assignment.id, dueAt: assignment.nextDueAt, times };
        }),
      );
      const begun = () => made.filter(({ times }) => times() > 0).length;
      await eventually(() => begun() >= 40, 20_000);
      await victim.host.kill();
      for (const { id, dueAt, times } of made) {
        const [run, ...more] = await other.ask.ended(id);
        expect(more).toEqual([]);
        expect(run).toMatchObject({ cause: { dueAt } });
        // What was cut off in the middle was sent, and whether it was done only the file knows.
        expect(['completed', 'lost']).toContain(run?.state);
        if (run?.state === 'completed') expect(times()).toBe(1);
        else expect(times()).toBeLessThanOrEqual(1);
      }
      await three.restart(victim);
    },
    TIMEOUT_MS,
  );
});
