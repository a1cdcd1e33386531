import { expect, test } from 'vitest';
import { exampleTask } from '../task/example-task.ts';
import { createRecordStore } from './record-store.ts';

function setUp() {
  const flushes: (() => void)[] = [];
  const store = createRecordStore((flush) => flushes.push(flush));
  return { store, flushes, frame: () => flushes.shift()?.() };
}

test('a batch becomes visible in one frame, and tells each record once', () => {
  const { store, flushes, frame } = setUp();
  const heard: string[] = [];
  store.subscribe('task', 'a', () => heard.push('a'));
  store.subscribe('task', 'b', () => heard.push('b'));
  store.subscribe('task', undefined, () => heard.push('any'));
  store.put('task', [exampleTask({ id: 'a', seq: 1 })], 'stream');
  store.put('task', [exampleTask({ id: 'a', seq: 2, title: 'newer' })], 'stream');
  expect(flushes).toHaveLength(1);
  expect(store.get('task', 'a')).toBeUndefined();
  frame();
  expect(store.get('task', 'a')?.title).toBe('newer');
  expect(heard.sort()).toEqual(['a', 'any']);
});

test('a list stays the same array until its kind changes', () => {
  const { store } = setUp();
  store.put('task', [exampleTask({ id: 'a' })], 'answer');
  store.flush();
  const list = store.all('task');
  store.put('task', [exampleTask({ id: 'a' })], 'answer');
  store.put(
    'session',
    [{ id: 's', seq: 9, title: 'x', kind: 'chat', createdAt: '', updatedAt: '' }],
    'answer',
  );
  store.flush();
  expect(store.all('task')).toBe(list);
  store.put('task', [exampleTask({ id: 'b' })], 'answer');
  store.flush();
  expect(store.all('task')).toHaveLength(2);
});

test('deleted sessions and removed servers vanish', () => {
  const { store } = setUp();
  const session = { id: 's', title: 'x', kind: 'chat' as const, createdAt: '', updatedAt: '' };
  const server = { name: 'git', enabled: true, transport: 'stdio' as const, target: '', tools: [] };
  store.put('session', [{ ...session, seq: 1 }], 'answer');
  store.put('server', [{ ...server, seq: 2, state: 'ready' }], 'answer');
  store.flush();
  expect(store.all('session')).toHaveLength(1);
  store.put('session', [{ ...session, seq: 3, deletedAt: 'now' }], 'stream');
  store.put('server', [{ ...server, seq: 4, state: 'removed' }], 'stream');
  store.flush();
  expect([store.all('session'), store.all('server')]).toEqual([[], []]);
});

test('watchers hear what the stream changed, with what was before, and nothing of answers', () => {
  const { store } = setUp();
  const heard: (string | undefined)[][] = [];
  const stop = store.watchTasks((before, after) => heard.push([before?.status, after.status]));
  store.put('task', [exampleTask({ seq: 1 })], 'answer');
  store.put('task', [exampleTask({ seq: 2, status: 'completed' })], 'stream');
  store.put('task', [exampleTask({ seq: 2, status: 'completed' })], 'stream');
  store.flush();
  stop();
  store.put('task', [exampleTask({ seq: 3, status: 'completed' })], 'stream');
  store.flush();
  expect(heard).toEqual([['working', 'completed']]);
});

test('cleared, it takes lower numbers again and tells of what is gone', () => {
  const { store } = setUp();
  store.put('task', [exampleTask({ id: 'a', seq: 90 }), exampleTask({ id: 'b', seq: 91 })], 'answer');
  store.flush();
  const heard: string[] = [];
  store.subscribe('task', 'b', () => heard.push('b'));
  store.clear();
  store.put('task', [exampleTask({ id: 'a', seq: 3 })], 'answer');
  store.flush();
  expect(store.all('task').map((task) => task.seq)).toEqual([3]);
  expect(heard).toEqual(['b']);
});

test('a listener that left hears nothing more', () => {
  const { store } = setUp();
  let count = 0;
  const stop = store.subscribe('task', undefined, () => {
    count += 1;
  });
  stop();
  store.put('task', [exampleTask({})], 'answer');
  store.flush();
  expect(count).toBe(0);
});
