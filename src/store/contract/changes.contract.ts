import { expect, it } from 'vitest';
import type { Store } from '../ports.ts';
import type { ContractStore } from '../store.contract.ts';
import {
  messageWrite,
  sampleMessage,
  sampleServer,
  sampleSession,
  sampleTask,
  serverWrite,
  sessionWrite,
  taskWrite,
} from './sample-records.ts';

export function changesContract({ store, another }: ContractStore): void {
  it('gives the newest state of each record once, in order, all kinds together', async () => {
    const after = await store().changes.head();
    const task = sampleTask();
    const written = await store().writer.commit(
      [
        sessionWrite(sampleSession()),
        taskWrite(task),
        messageWrite(sampleMessage()),
        serverWrite(sampleServer()),
        taskWrite({ ...task, progress: { value: 2 } }),
      ],
      'quick',
    );
    expect(await store().changes.since(after, 100)).toEqual(written.filter((_, index) => index !== 1));
    expect(await store().changes.since(after, 2)).toEqual([written[0], written[2]]);
    expect(await store().changes.since(written.at(-1)!.seq, 100)).toEqual([]);
    expect(await store().changes.head()).toBe(written.at(-1)!.seq);
  });

  it('a reader that follows misses nothing while eight writers on two connections commit', async () => {
    const hosts = [store(), await another()];
    let after = await store().changes.head();
    const start = after;
    let writing = true;
    const seen: { seq: number; id: string }[] = [];
    const follow = async () => {
      for (let last = false; !last; ) {
        last = !writing;
        for (let more = true; more; ) {
          const changes = await store().changes.since(after, 50);
          for (const change of changes)
            if (change.type === 'message') seen.push({ seq: change.seq, id: change.message.id });
          after = changes.at(-1)?.seq ?? after;
          more = changes.length > 0;
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const reader = follow();
    const written = (await Promise.all(Array.from({ length: 8 }, (_, n) => write(hosts[n % 2]!, n)))).flat();
    writing = false;
    await reader;
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map(({ seq }) => seq).toSorted((a, b) => a - b));
    expect(seen.map(({ id }) => id).toSorted()).toEqual(written.toSorted());
    expect(seen.map(({ seq }) => seq)).toEqual(written.map((_, index) => start + 1 + index));
  });
}

/** Each message is written once, so that every change is a record of its own that can be missed. */
async function write(store: Store, writer: number): Promise<string[]> {
  const ids: string[] = [];
  for (let round = 0; round < 40; round++) {
    const messages = Array.from({ length: 1 + ((round + writer) % 3) }, () => sampleMessage());
    await store.writer.commit(messages.map(messageWrite), round % 5 === 0 ? 'durable' : 'quick');
    ids.push(...messages.map(({ id }) => id));
  }
  return ids;
}
