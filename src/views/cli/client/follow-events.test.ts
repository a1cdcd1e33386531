import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ContractHost, contractHost } from '../test/contract-host.ts';
import { sampleTask } from '../test/sample-task.ts';
import { findHost } from './find-host.ts';
import { followEvents } from './follow-events.ts';

let host: ContractHost;
const stop = () => new AbortController();
const find = () => findHost({ MEANWHILE_HOME: host.home });

beforeEach(async () => {
  host = await contractHost();
});
afterEach(() => host.close());

test('what was missed comes first, then what is new; a break neither loses nor repeats an event', async () => {
  const { signal, abort } = abortable();
  host.put(sampleTask({ id: 'task_1' }));
  host.put(sampleTask({ id: 'task_2' }));
  const seen: string[] = [];
  for await (const item of followEvents({ find, after: 1, signal })) {
    if (item.kind !== 'event') continue;
    seen.push(JSON.parse(item.data).id);
    if (seen.length === 1) void host.listeners(1).then(() => host.put(sampleTask({ id: 'task_3' })));
    if (seen.length === 2) {
      host.breakFeeds();
      host.put(sampleTask({ id: 'task_4' }));
    }
    if (seen.length === 3) abort();
  }
  expect(seen).toEqual(['task_2', 'task_3', 'task_4']);
});

test('a host that is away is told once, and so is its return', async () => {
  const { signal, abort } = abortable();
  let attempts = 0;
  const findLate = async () => {
    attempts++;
    if (attempts <= 2) throw new Error('away');
    return find();
  };
  const kinds: string[] = [];
  for await (const item of followEvents({ find: findLate, after: 0, signal })) {
    kinds.push(item.kind);
    if (item.kind === 'back') abort();
  }
  expect(kinds).toEqual(['lost', 'back']);
});

test('a refusal is not tried again', async () => {
  const wrong = async () => ({ ...(await find()), token: 'wrong' });
  const feed = followEvents({ find: wrong, after: 0, signal: stop().signal });
  await expect(feed.next()).rejects.toMatchObject({ code: 'unauthorized' });
});

function abortable() {
  const controller = stop();
  return { signal: controller.signal, abort: () => controller.abort() };
}
