import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../test/support/test-host.ts';
import { sampleMessage, sampleTask } from '../store/contract/sample-records.ts';
import type { Change, Store } from '../store/ports.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import { type Batch, createFeed } from './feed.ts';

async function setup() {
  const store = await openSqliteStore({ file: `${tempFolder()}/feed.db` });
  const feed = createFeed(store);
  onTestFinished(() => {
    feed.close();
    return store.close();
  });
  return { store, feed };
}

const put = async (store: Store, value: number, task = sampleTask()) => {
  const [change] = await store.writer.commit(
    [{ type: 'task', task: { ...task, progress: { value } } }],
    'quick',
  );
  return change as Change;
};
const seqs = (batch: Batch | undefined) =>
  batch?.type === 'changes' ? batch.changes.map(({ seq }) => seq) : batch;

test('without a seq a reader sees only what comes next', async () => {
  const { store, feed } = await setup();
  await put(store, 1);
  const reader = feed.read({});
  const next = await put(store, 2);
  expect(seqs(await reader.next())).toEqual([next.seq]);
});

test('everything after a seq, then what comes next, each once and in order', async () => {
  const { store, feed } = await setup();
  const before = await put(store, 1);
  const missed = [await put(store, 2), await put(store, 3)];
  const reader = feed.read({ after: before.seq });
  const live = await put(store, 4);
  const seen: number[] = [];
  while (seen.length < 3) seen.push(...(seqs(await reader.next()) as number[]));
  expect(seen).toEqual([...missed, live].map(({ seq }) => seq));
});

test('a slow reader gets the newest state of each record', async () => {
  const { store, feed } = await setup();
  const [one, two] = [sampleTask(), sampleTask()];
  const reader = feed.read({});
  for (let value = 1; value <= 500; value++) {
    await put(store, value, one);
    await put(store, value, two);
  }
  const batch = await reader.next();
  expect(batch).toMatchObject({
    changes: [
      { task: { id: one.id, progress: { value: 500 } } },
      { task: { id: two.id, progress: { value: 500 } } },
    ],
  });
});

test('one session alone', async () => {
  const { store, feed } = await setup();
  const head = await store.changes.head();
  const reader = feed.read({ after: head, sessionId: 'sess_1' });
  await put(store, 1, sampleTask({ sessionId: 'sess_2' }));
  const mine = await put(store, 1, sampleTask({ sessionId: 'sess_1' }));
  const [said] = await store.writer.commit([{ type: 'message', message: sampleMessage() }], 'quick');
  const seen: number[] = [];
  while (seen.length < 2) seen.push(...(seqs(await reader.next()) as number[]));
  expect(seen).toEqual([mine.seq, said?.seq]);
});

test('a seq that was never given asks for everything anew, and what comes next is not missed', async () => {
  const { store, feed } = await setup();
  const { seq: head } = await put(store, 1);
  const reader = feed.read({ after: head + 1_000_000 });
  expect(await reader.next()).toEqual({ type: 'resync', head });
  const next = await put(store, 2);
  expect(seqs(await reader.next())).toEqual([next.seq]);
});

test('one who is too far behind is told so, and goes on from there', async () => {
  const { store, feed } = await setup();
  const first = await put(store, 1);
  for (let i = 0; i < 60; i++)
    await store.writer.commit(
      Array.from({ length: 100 }, () => ({ type: 'task', task: sampleTask() }) as const),
      'quick',
    );
  const reader = feed.read({ after: first.seq });
  const head = await store.changes.head();
  expect(await reader.next()).toEqual({ type: 'resync', head });
  const next = await put(store, 2);
  expect(seqs(await reader.next())).toEqual([next.seq]);
});

test('closing ends who waits, and who comes later', async () => {
  const { store, feed } = await setup();
  const waiting = feed.read({});
  const answer = waiting.next();
  feed.close();
  expect(await answer).toBeUndefined();
  await put(store, 1);
  expect(await waiting.next()).toBeUndefined();
});

test('a reader whose replay fails is told, and one who left is not', async () => {
  const { store } = await setup();
  const broken = {
    head: () => Promise.reject(new Error('broken')),
    since: () => Promise.reject(new Error('broken')),
    follow: store.changes.follow,
    followOthers: store.changes.followOthers,
  };
  const feed = createFeed({ changes: broken });
  await expect(feed.read({ after: 1 }).next()).rejects.toThrow('broken');
  feed.read({ after: 1 }).close(); // its replay fails with nobody waiting: an unhandled rejection would fail the run
  await new Promise((resolve) => setImmediate(resolve));
  feed.close();
});
