import { expect, it } from 'vitest';
import type { CallPart } from '../records.ts';
import type { ContractStore } from '../store.contract.ts';
import {
  messageWrite,
  sampleMessage,
  sampleServer,
  sampleSession,
  serverWrite,
  sessionWrite,
} from './sample-records.ts';

const call = (state: CallPart['state']): CallPart => ({
  type: 'call',
  callId: 'call_1',
  server: 'files',
  tool: 'backup',
  arguments: {},
  state,
  startedAt: '2026-01-02T03:04:05.678Z',
});

export function recordsContract({ store }: ContractStore): void {
  it('lists sessions, the newest change first, in pages, without the deleted ones', async () => {
    const sessions = Array.from({ length: 7 }, (_, n) => sampleSession({ title: `Session ${n}` }));
    for (const session of sessions) await store().writer.commit([sessionWrite(session)], 'quick');
    await store().writer.commit([sessionWrite({ ...sessions[0]!, title: 'Changed' })], 'quick');
    await store().writer.commit(
      [sessionWrite({ ...sessions[5]!, deletedAt: '2026-01-03T00:00:00.000Z' })],
      'quick',
    );
    const order = [0, 6, 4, 3, 2, 1].map((n) => sessions[n]!.id);
    const first = await store().sessions.list({ limit: 4 });
    const second = await store().sessions.list({ limit: 4, cursor: first.nextCursor });
    expect([...first.sessions, ...second.sessions].map(({ id }) => id)).toEqual(order);
    expect(second.nextCursor).toBeUndefined();
    expect((await store().sessions.get(sessions[5]!.id))?.deletedAt).toBeDefined();
    await expect(store().sessions.list({ limit: 4, cursor: 'bWVzc2FnZXM6MQ' })).rejects.toMatchObject({
      code: 'invalid_cursor',
    });
  });

  it('finds the direct session', async () => {
    expect(await store().sessions.direct()).toBeUndefined();
    const session = sampleSession({ kind: 'direct', title: 'Direct calls' });
    await store().writer.commit([sessionWrite(session)], 'durable');
    expect(await store().sessions.direct()).toMatchObject(session);
  });

  it('pages through messages from the newest back, each page oldest first', async () => {
    const messages = Array.from({ length: 8 }, () => sampleMessage({ sessionId: 'sess_pages' }));
    for (const message of messages) await store().writer.commit([messageWrite(message)], 'quick');
    await store().writer.commit([messageWrite({ ...messages[2]!, parts: [] })], 'quick'); // keeps its place
    await store().writer.commit([messageWrite(sampleMessage({ sessionId: 'sess_other' }))], 'quick');
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await store().messages.list({ sessionId: 'sess_pages', limit: 3, cursor });
      pages.push(page.messages.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    const ids = messages.map(({ id }) => id);
    expect(pages).toEqual([ids.slice(5, 8), ids.slice(2, 5), ids.slice(0, 2)]);
    expect((await store().messages.get(ids[2]!))?.parts).toEqual([]);
  });

  it('knows the messages with open calls', async () => {
    const open = sampleMessage({ parts: [call('completed'), call('open')] });
    const done = sampleMessage({ parts: [call('task')] });
    await store().writer.commit([messageWrite(open), messageWrite(done)], 'durable');
    expect((await store().messages.openCalls()).map(({ id }) => id)).toEqual([open.id]);
    await store().writer.commit([messageWrite({ ...open, parts: [call('failed')] })], 'durable');
    expect(await store().messages.openCalls()).toEqual([]);
  });

  it('lists servers by name, without the removed ones', async () => {
    const names = ['git', 'files', 'old'];
    await store().writer.commit(
      names.map((name) => serverWrite(sampleServer({ name }))),
      'quick',
    );
    await store().writer.commit([serverWrite(sampleServer({ name: 'old', state: 'removed' }))], 'quick');
    expect((await store().servers.list()).map(({ name }) => name)).toEqual(['files', 'git']);
  });

  it('answers undefined for what is not there', async () => {
    expect(await store().tasks.get('x')).toBeUndefined();
    expect(await store().messages.get('x')).toBeUndefined();
    expect(await store().messages.deliveryOf('x')).toBeUndefined();
    expect(await store().sessions.get('x')).toBeUndefined();
  });

  it('keeps the ledger of spawned processes', async () => {
    const spawn = { id: 'spawn_1', server: 'files', pid: 4711, startedAt: 'boot:123' };
    await store().spawns.add(spawn);
    await store().spawns.add({ ...spawn, id: 'spawn_2' });
    await store().spawns.remove('spawn_1');
    await store().spawns.remove('spawn_unknown');
    expect(await store().spawns.all()).toEqual([{ ...spawn, id: 'spawn_2' }]);
  });
}
