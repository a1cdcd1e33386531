import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { sampleTask, taskWrite } from '../contract/sample-records.ts';
import { sqlitePlace } from './sqlite-place.fixture.ts';

it('has every number reserved on disk before it gives it, so that a power cut cannot make one come again', async () => {
  const place = await sqlitePlace();
  const store = await place.open();
  const other = new DatabaseSync(place.file, { readOnly: true });
  const read = other.prepare('select value from counters where name = ?');
  const counter = (name: string) => Number(read.get(name)!.value);
  const reserved = new Set<number>();
  const task = sampleTask();
  for (let round = 0; round < 30; round++) {
    const writes = Array.from({ length: round === 20 ? 30_000 : 999 }, () => taskWrite(task));
    const changes = await store.writer.commit(writes, 'quick');
    expect(counter('seq')).toBe(changes.at(-1)!.seq);
    expect(counter('seq_reserved')).toBeGreaterThan(changes.at(-1)!.seq);
    reserved.add(counter('seq_reserved'));
  }
  expect(reserved.size).toBeGreaterThan(2);
  expect(reserved.size).toBeLessThan(10);
  const last = counter('seq_reserved');
  other.close();
  await store.close();
  const again = await place.open();
  expect(await again.changes.head()).toBeGreaterThanOrEqual(last);
  await again.close();
  await place.remove();
});
