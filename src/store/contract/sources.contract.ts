import { expect, it } from 'vitest';
import type { ContractStore } from '../store.contract.ts';
import { sampleTask } from './sample-records.ts';

export function sourcesContract({ store }: ContractStore): void {
  const handlesOf = async (id: string) =>
    (await store().tasks.handles()).filter(({ task }) => task.id === id).map(({ handle }) => handle);

  it('keeps what finds a task again beside it, until it is taken away', async () => {
    const task = sampleTask({});
    await store().writer.commit([{ type: 'task', task, handle: { kind: 'v2', taskId: 'a' } }], 'durable');
    await store().writer.commit([{ type: 'task', task }], 'quick'); // says nothing of it
    expect(await handlesOf(task.id)).toEqual([{ kind: 'v2', taskId: 'a' }]);
    await store().writer.commit(
      [
        { type: 'task', task, handle: { kind: 'v2', taskId: 'b' } },
        { type: 'task', task, handle: { kind: 'v2', taskId: 'c' } },
      ],
      'quick',
    );
    expect(await handlesOf(task.id)).toEqual([{ kind: 'v2', taskId: 'c' }]);
    await store().writer.commit([{ type: 'task', task, handle: null }], 'durable');
    expect(await handlesOf(task.id)).toEqual([]);
  });

  it('remembers notes by scope and key', async () => {
    await store().notes.put('tool', 'files backup', { runs: 1 });
    await store().notes.put('tool', 'files backup', { runs: 2 });
    await store().notes.put('tool', 'files list', {});
    await store().notes.put('server', 'files', 'plain');
    expect(await store().notes.get('tool', 'files backup')).toEqual({ runs: 2 });
    expect(await store().notes.get('tool', 'none')).toBeUndefined();
    expect(await store().notes.all('tool')).toEqual([
      { key: 'files backup', note: { runs: 2 } },
      { key: 'files list', note: {} },
    ]);
    await store().notes.remove('tool', 'files backup');
    expect((await store().notes.all('tool')).map(({ key }) => key)).toEqual(['files list']);
  });
}
