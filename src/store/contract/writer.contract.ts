import { expect, it } from 'vitest';
import { newId } from '../../base/ids.ts';
import type { Change } from '../ports.ts';
import type { ContractStore } from '../store.contract.ts';
import {
  messageWrite,
  sampleMessage,
  sampleSession,
  sampleTask,
  sessionWrite,
  taskWrite,
} from './sample-records.ts';

export function writerContract({ store, another }: ContractStore): void {
  it('numbers each change, one after the other, and hands the records back', async () => {
    const task = sampleTask();
    const message = sampleMessage();
    const changes = await store().writer.commit([taskWrite(task), messageWrite(message)], 'quick');
    const [first, second] = changes;
    expect(second!.seq).toBe(first!.seq + 1);
    expect(first).toEqual({ seq: first!.seq, type: 'task', task: { ...task, seq: first!.seq } });
    expect(second).toEqual({ seq: second!.seq, type: 'message', message: { ...message, seq: second!.seq } });
    expect(await store().tasks.get(task.id)).toEqual({ ...task, seq: first!.seq });
  });

  it('writes nothing for no writes', async () => {
    const head = await store().changes.head();
    expect(await store().writer.commit([], 'durable')).toEqual([]);
    expect(await store().changes.head()).toBe(head);
  });

  it('replaces a record by its id and leaves out what it no longer has', async () => {
    const task = sampleTask({ statusMessage: 'Copying', progress: { value: 1, total: 3 } });
    await store().writer.commit([taskWrite(task)], 'quick');
    const { statusMessage: _, progress: __, ...rest } = task;
    const [change] = await store().writer.commit([taskWrite(rest)], 'quick');
    expect(await store().tasks.get(task.id)).toEqual({ ...rest, seq: change!.seq });
  });

  it('takes many writes of one record in one commit: the last one stays, each has its number', async () => {
    const task = sampleTask();
    const values = [1, 2, 3].map((value) => taskWrite({ ...task, progress: { value } }));
    const changes = await store().writer.commit(values, 'quick');
    expect(changes.map(({ seq }) => seq - changes[0]!.seq)).toEqual([0, 1, 2]);
    expect((await store().tasks.get(task.id))?.progress).toEqual({ value: 3 });
  });

  it('takes a batch of any size', async () => {
    const tasks = Array.from({ length: 333 }, () => sampleTask({ sessionId: 'sess_batch' }));
    await store().writer.commit(
      tasks.map((task) => taskWrite(task)),
      'quick',
    );
    const page = await store().tasks.list({ sessionId: 'sess_batch', limit: 200 });
    expect(page.tasks).toHaveLength(200);
    expect(page.tasks[0]!.id).toBe(tasks.at(-1)!.id);
  });

  it('writes all or nothing', async () => {
    const taskId = newId('task');
    await store().writer.commit([messageWrite(sampleMessage({ taskId }))], 'durable');
    const task = sampleTask();
    const session = sampleSession();
    const counts = await store().tasks.counts();
    const refused = store().writer.commit(
      [taskWrite(task, '{}'), sessionWrite(session), messageWrite(sampleMessage({ taskId }))],
      'durable',
    );
    await expect(refused).rejects.toMatchObject({ code: 'already_delivered' });
    expect(await store().tasks.get(task.id)).toBeUndefined();
    expect(await store().tasks.content(task.id)).toBeUndefined();
    expect(await store().sessions.get(session.id)).toBeUndefined();
    expect(await store().tasks.counts()).toEqual(counts);
  });

  it('delivers a result once, however often it is tried; writing the same message again is no second one', async () => {
    const taskId = newId('task');
    const message = sampleMessage({ taskId });
    const messages = [message, ...Array.from({ length: 4 }, () => sampleMessage({ taskId }))];
    const outcomes = await Promise.allSettled(
      messages.map((each) => store().writer.commit([messageWrite(each)], 'durable')),
    );
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, false, false, false, false]);
    await store().writer.commit([messageWrite({ ...message, parts: [] })], 'durable');
    expect(await store().messages.deliveryOf(taskId)).toMatchObject({ id: message.id, parts: [] });
  });

  it('lets a failing commit harm no other that went with it, and keeps their order', async () => {
    const taskId = newId('task');
    await store().writer.commit([messageWrite(sampleMessage({ taskId }))], 'durable');
    const good = Array.from({ length: 9 }, () => sampleTask());
    const outcomes = await Promise.allSettled(
      good.map((task, index) =>
        store().writer.commit(
          index === 4 ? [taskWrite(task), messageWrite(sampleMessage({ taskId }))] : [taskWrite(task)],
          index % 2 ? 'durable' : 'quick',
        ),
      ),
    );
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual(good.map((_, index) => index !== 4));
    const seqs = outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value[0]!.seq] : [],
    );
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    const kept = await Promise.all(good.map(({ id }) => store().tasks.get(id)));
    expect(kept.map((task) => task !== undefined)).toEqual(good.map((_, index) => index !== 4));
  });

  it('tells the listeners every change in order, a throwing one and one that commits included', async () => {
    const heard: Change[] = [];
    const follow = sampleTask({ title: 'Follows' });
    let followed: Promise<unknown> | undefined;
    const undos = [
      store().writer.onCommit(() => {
        throw new Error('a listener that throws');
      }),
      store().writer.onCommit(() => {
        followed ??= store().writer.commit([taskWrite(follow)], 'quick');
      }),
      store().writer.onCommit((changes) => heard.push(...changes)),
    ];
    const commits = await Promise.all(
      Array.from({ length: 40 }, () => store().writer.commit([taskWrite(sampleTask())], 'quick')),
    );
    await followed;
    for (const undo of undos) undo();
    await store().writer.commit([taskWrite(sampleTask())], 'quick');
    const seqs = heard.map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 41 }, (_, index) => seqs[0]! + index));
    for (const change of commits.flat()) expect(heard).toContainEqual(change);
    expect(heard.some((change) => change.type === 'task' && change.task.id === follow.id)).toBe(true);
  });

  it('keeps a result whole, once, whatever its size', async () => {
    const task = sampleTask();
    const content = JSON.stringify({ text: `😀\u0000"\\${'é'.repeat(600_000)}` });
    await store().writer.commit([taskWrite(task, content)], 'durable');
    await store().writer.commit([taskWrite(task, '"another"')], 'durable');
    expect(await store().tasks.content(task.id)).toBe(content);
    expect(await store().tasks.content('task_unknown')).toBeUndefined();
  });

  it('keeps text of any script, and signs that mean something to a database', async () => {
    const title = `日本語 עברית 👩‍👩‍👧 e\u0301 '; drop table tasks; -- \\ \u0000 \ud800 %_`;
    const task = sampleTask({
      title,
      sessionId: `sess_'"; --`,
      source: { type: 'turn', args: { [title]: title } },
    });
    await store().writer.commit([taskWrite(task)], 'quick');
    const kept = (await store().tasks.get(task.id))!;
    expect(kept.title).toBe(title);
    expect(kept.source.args).toEqual({ [title]: title });
    const page = await store().tasks.list({ sessionId: task.sessionId!, limit: 5 });
    expect(page.tasks.map(({ id }) => id)).toEqual([task.id]);
  });

  it('never gives a number twice, a restart included', async () => {
    const [before] = await store().writer.commit([taskWrite(sampleTask())], 'quick');
    const restarted = await another();
    const [after] = await restarted.writer.commit([taskWrite(sampleTask())], 'quick');
    expect(after!.seq).toBeGreaterThan(before!.seq + 1_000); // numbers that a power cut may have taken along
    expect(await store().changes.head()).toBe(after!.seq);
  });

  it('does what was asked before it closes, and refuses what is asked after', async () => {
    const closing = await another();
    const tasks = Array.from({ length: 5 }, () => sampleTask());
    const commits = tasks.map((task) => closing.writer.commit([taskWrite(task)], 'durable'));
    await closing.close();
    await Promise.all(commits);
    for (const { id } of tasks) expect(await store().tasks.get(id)).toBeDefined();
    await expect(closing.writer.commit([taskWrite(sampleTask())], 'quick')).rejects.toMatchObject({
      code: 'shutting_down',
    });
    await expect(closing.ping()).rejects.toMatchObject({ name: 'AppError' });
  });

  it('answers a ping', async () => {
    await expect(store().ping()).resolves.toBeUndefined();
  });
}
