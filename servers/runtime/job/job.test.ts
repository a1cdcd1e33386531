import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { defineTool } from '../tool.ts';
import type { Work } from '../work.ts';
import { endingWords } from './ending.ts';
import { Job } from './job.ts';
import { Jobs } from './jobs.ts';
import { NumberedLines } from './numbered-lines.ts';
import { ParkedJobs } from './parked-jobs.ts';

afterEach(() => void vi.useRealTimers());

const question = { message: 'Which?', schema: { type: 'object' as const, properties: {} } };

/** A job that does what the test says. */
function job(
  run: (work: Work) => Promise<{ text: string; isError?: boolean; stop?: { stopped: boolean } }>,
): Job {
  const tool = defineTool({
    name: 'work',
    title: 'Work',
    description: 'Works.',
    input: z.strictObject({}),
    output: z.object({}),
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    isLong: true,
    run: async (_args, work) => ({ data: {}, ...(await run(work)) }),
  });
  return new Job(tool, {}, { canAsk: true });
}

const stopped = ({ signal }: Work) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

describe('the end of a job', () => {
  it('is completed, or failed where the tool says so', async () => {
    expect(await job(async () => ({ text: 'done' })).ended).toMatchObject({ status: 'completed' });
    expect(await job(async () => ({ text: 'no', isError: true })).ended).toMatchObject({ status: 'failed' });
  });

  it('is cancelled when it was stopped before its own end', async () => {
    const stops = job(async (work) => {
      await stopped(work);
      return {
        text: 'Stopped after 2 files',
        isError: true,
        stop: { stopped: true, remains: '2 files are there.' },
      };
    });
    stops.stop('cancelled');
    const ending = await stops.ended;
    expect(ending.status).toBe('cancelled');
    expect(endingWords(ending)).toBe('Stopped after 2 files. 2 files are there.');
  });

  it('is completed when the stop came too late', async () => {
    const late = job(async (work) => {
      await stopped(work);
      return { text: 'done all the same' };
    });
    late.stop('cancelled');
    expect(await late.ended).toMatchObject({ status: 'completed' });
  });

  it('is failed when the server ends, whatever the tool says', async () => {
    const ends = job(async (work) => {
      await stopped(work);
      return { text: 'cut off', isError: true, stop: { stopped: true } };
    });
    ends.stop('shutdown');
    expect(await ends.ended).toMatchObject({ status: 'failed' });
  });
});

describe('questions of a job', () => {
  it('are answered once each, and what nobody asked is ignored', async () => {
    const asks = job(async (work) => ({ text: (await work.ask('a', question)).action }));
    expect(asks.questions.map(({ key }) => key)).toEqual(['a']);
    asks.answer('b', { action: 'cancel' });
    asks.answer('a', { action: 'decline' });
    asks.answer('a', { action: 'cancel' });
    expect(asks.questions).toEqual([]);
    expect((await asks.ended).result.content).toEqual([{ type: 'text', text: 'decline' }]);
  });

  it('are put away when it is stopped', async () => {
    const asks = job(async (work) => ({ text: (await work.ask('a', question)).action }));
    asks.stop('cancelled');
    expect(asks.questions).toEqual([]);
    expect(await asks.ended).toMatchObject({ status: 'cancelled' });
  });
});

describe('the jobs of a server', () => {
  it('are found while they run, and for a day after', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const jobs = new Jobs();
    const runs = jobs.add(job(async (work) => stopped(work).then(() => ({ text: 'done' }))));
    jobs.keep(runs);
    vi.setSystemTime(Date.now() + 48 * 3_600_000);
    expect(jobs.find(runs.id)).toBe(runs);
    runs.stop('cancelled');
    await runs.ended;
    vi.setSystemTime(Date.now() + 23 * 3_600_000);
    expect(jobs.kept()).toEqual([runs]);
    vi.setSystemTime(Date.now() + 2 * 3_600_000);
    expect(jobs.kept()).toEqual([]);
    expect(jobs.find(runs.id)).toBeUndefined();
  });

  it('of those that ended, a thousand are kept', async () => {
    const jobs = new Jobs();
    const all = Array.from({ length: 1_001 }, () => jobs.add(job(async () => ({ text: 'done' }))));
    for (const each of all) jobs.keep(each);
    await Promise.all(all.map(({ ended }) => ended));
    jobs.keep(jobs.add(job(async () => ({ text: 'one more' }))));
    expect(jobs.kept()).toHaveLength(1_001);
    expect(jobs.find(all[0]!.id)).toBeUndefined();
    expect(jobs.find(all[1]!.id)).toBe(all[1]);
  });

  it('end with it, and none begins after that', async () => {
    const jobs = new Jobs();
    const first = jobs.add(
      job(async (work) => stopped(work).then(() => ({ text: 'cut off', isError: true }))),
    );
    await jobs.close();
    expect(first.ending).toBeDefined();
    const late = jobs.add(job(async (work) => stopped(work).then(() => ({ text: 'late', isError: true }))));
    expect(late.stopReason).toBe('shutdown');
    await late.ended;
  });
});

it('a job that waits between two calls is taken up once, or stopped when nobody comes back', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const parked = new ParkedJobs();
  const waits = job(async (work) => stopped(work).then(() => ({ text: 'stopped', isError: true })));
  const state = parked.park(waits);
  expect(parked.take('other')).toBeUndefined();
  expect(parked.take(state)).toBe(waits);
  expect(parked.take(state)).toBeUndefined();
  parked.park(waits);
  vi.advanceTimersByTime(15 * 60_000);
  expect(waits.stopReason).toBe('cancelled');
  await waits.ended;
});

it('output is numbered over all of it, though only the newest is kept', () => {
  const lines = new NumberedLines();
  expect(lines.newest).toBeUndefined();
  lines.add('one\ntwo');
  expect(lines.newest).toEqual({ next: 2, lines: ['one', 'two'] });
  lines.add(Array.from({ length: 1_000 }, (_, at) => `line ${at}`).join('\n'));
  expect(lines.newest?.next).toBe(1_002);
  expect(lines.newest?.lines).toHaveLength(200);
  expect(lines.newest?.lines.at(-1)).toBe('line 999');
});
