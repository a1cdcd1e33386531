import { beforeAll, expect, it } from 'vitest';
import { newId } from '../../base/ids.ts';
import type { Store, TaskLog } from '../ports.ts';
import type { ContractStore } from '../store.contract.ts';

const AT = '2026-01-02T03:04:05.678Z';
const CAPS = { headBytes: 2_000, tailBytes: 8_000, lineBytes: 500 };

export function logContract({ another }: ContractStore): void {
  let store: Store;
  beforeAll(async () => {
    store = await another(CAPS);
  });
  const lines = (taskId: string, texts: readonly string[]): Parameters<TaskLog['append']>[0] =>
    texts.map((text) => ({ taskId, at: AT, kind: 'output', text }));
  const whole = (taskId: string) => store.log.read({ taskId, after: 0, limit: 10_000 });

  it('numbers the lines of each task from 1 and reads on after any of them', async () => {
    const [one, two] = [newId('task'), newId('task')];
    await store.log.append([...lines(one, ['a', 'b']), ...lines(two, ['x'])]);
    await store.log.append([...lines(two, ['y']), ...lines(one, ['c'])]);
    await store.log.append([]);
    const entries = await whole(one);
    expect(entries.map(({ n, text }) => [n, text])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ]);
    expect(entries[0]).toEqual({ n: 1, at: AT, kind: 'output', text: 'a' });
    expect((await store.log.read({ taskId: two, after: 1, limit: 5 })).map(({ text }) => text)).toEqual([
      'y',
    ]);
    expect((await store.log.read({ taskId: one, after: 0, limit: 2 })).map(({ n }) => n)).toEqual([1, 2]);
    expect(await whole('task_unknown')).toEqual([]);
  });

  it('reads the newest, oldest first', async () => {
    const taskId = newId('task');
    await store.log.append(lines(taskId, ['a', 'b', 'c']));
    const tail = async (limit: number) =>
      (await store.log.tail({ taskId, limit })).map(({ n, text }) => [n, text]);
    expect(await tail(2)).toEqual([
      [2, 'b'],
      [3, 'c'],
    ]);
    expect(await tail(10)).toHaveLength(3);
    expect(await store.log.tail({ taskId: 'task_unknown', limit: 5 })).toEqual([]);
  });

  it('keeps the head and the tail, and marks the cut once with what it left out', async () => {
    const taskId = newId('task');
    const texts = Array.from({ length: 1_500 }, (_, n) => `line ${n + 1} ${'.'.repeat(30)}`);
    for (let from = 0; from < texts.length; from += 70)
      await store.log.append(lines(taskId, texts.slice(from, from + 70)));
    const entries = await whole(taskId);
    const cut = entries.findIndex(({ kind }) => kind === 'cut');
    expect(entries.filter(({ kind }) => kind === 'cut')).toHaveLength(1);
    expect(entries.slice(0, cut).map(({ text }) => text)).toEqual(texts.slice(0, cut));
    const tail = entries.slice(cut + 1).map(({ text }) => text);
    expect(tail).toEqual(texts.slice(-tail.length));
    const left = texts.length - cut - tail.length;
    expect(entries[cut]!.text).toMatch(new RegExp(`^${left.toLocaleString('en')} lines \\(.* KB\\)`));
    expect(entries.map(({ n }) => n)).toEqual(entries.map(({ n }) => n).toSorted((a, b) => a - b));
    const bytes = entries.reduce((sum, { text }) => sum + text.length, 0);
    expect(bytes).toBeLessThan(CAPS.headBytes + CAPS.tailBytes);
    expect(bytes).toBeGreaterThan(CAPS.tailBytes / 3);
    expect(entries.at(-1)!.n).toBe(texts.length);
  });

  it('caps a flood that comes at once', async () => {
    const taskId = newId('task');
    await store.log.append(
      lines(
        taskId,
        Array.from({ length: 3_000 }, (_, n) => `${n}`),
      ),
    );
    const entries = await whole(taskId);
    expect(entries.length).toBeLessThan(200);
    expect(entries.at(-1)!.text).toBe('2999');
  });

  it('cuts a line that is too long at a whole character, and takes any text', async () => {
    const taskId = newId('task');
    await store.log.append(lines(taskId, ['€'.repeat(400), 'a\u0000b \ud800 😀', '']));
    const [long, odd, empty] = await whole(taskId);
    expect(long!.text).toBe(`${'€'.repeat(166)} … (700 more bytes)`);
    expect(odd!.text).toBe('a\uFFFDb \uFFFD 😀');
    expect(empty!.text).toBe('');
  });

  it('takes appends from several sides at once without losing a line', async () => {
    const [one, two] = [newId('task'), newId('task')];
    const appends = Array.from({ length: 20 }, (_, n) =>
      store.log.append(
        n % 2
          ? [...lines(one, [`${n}`]), ...lines(two, [`${n}`])]
          : [...lines(two, [`${n}`]), ...lines(one, [`${n}`])],
      ),
    );
    await Promise.all(appends);
    const entries = await whole(one);
    expect(entries.map(({ n }) => n)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(new Set(entries.map(({ text }) => text)).size).toBe(20);
  });
}
