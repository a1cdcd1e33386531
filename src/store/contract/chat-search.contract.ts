import { beforeAll, expect, it } from 'vitest';
import type { Message } from '../records.ts';
import type { ContractStore } from '../store.contract.ts';
import {
  endedTask,
  messageWrite,
  sampleMessage,
  sampleSession,
  sampleTask,
  sessionWrite,
} from './sample-records.ts';

/** Titles of chats, and what is said in them. */
export function chatSearchContract({ store }: ContractStore): void {
  const chat = sampleSession({ title: 'Reise nach Zürich' });
  const gone = sampleSession({ title: 'Reise nach Bern', deletedAt: '2026-01-03T00:00:00.000Z' });
  const said = sampleMessage({
    sessionId: chat.id,
    parts: [{ type: 'text', text: 'Where are the tickets for Genève?' }],
  });
  const hidden = sampleMessage({
    sessionId: chat.id,
    parts: [{ type: 'text', text: 'tickets of before' }],
    supersededBy: said.id,
  });
  const ofGone = sampleMessage({ sessionId: gone.id, parts: [{ type: 'text', text: 'tickets as well' }] });
  const task = endedTask(sampleTask({ title: 'Download tickets' }), 'completed');
  const delivered = sampleMessage({
    sessionId: chat.id,
    role: 'assistant',
    parts: [{ type: 'task', task: { ...task, seq: 1 } }],
  });
  const turn = {
    id: 'turn_1',
    state: 'running',
    modelId: 'm',
    step: 1,
    cause: 'said',
    startedAt: said.createdAt,
  } as const;
  const streaming = sampleMessage({
    sessionId: chat.id,
    role: 'assistant',
    parts: [{ type: 'text', text: 'The tickets lie in' }],
    turn,
  });

  const find = async (words: string) =>
    (await store().messages.search({ words, limit: 50 })).found.map(({ message }) => message.id);
  const write = (message: Omit<Message, 'seq'>) => store().writer.commit([messageWrite(message)], 'quick');

  beforeAll(async () => {
    await store().writer.commit([sessionWrite(chat), sessionWrite(gone)], 'quick');
    for (const message of [said, hidden, ofGone, delivered, streaming]) await write(message);
  });

  it('finds what is said and what came of work, the newest first; not in chats that were deleted, nor what was replaced', async () => {
    expect(await find('ticket')).toEqual([delivered.id, said.id]);
    expect(await find('GENEVE where')).toEqual([said.id]);
    expect(await find('ickets')).toEqual([]);
    expect(await find('***')).toEqual([]);
    expect(await find("'; drop table messages; --")).toEqual([]);
  });

  it('finds an answer once it is whole, and what was replaced no more', async () => {
    await write({
      ...streaming,
      turn: { ...turn, state: 'done' },
      parts: [{ type: 'text', text: 'The tickets lie in the attic.' }],
    });
    expect(await find('attic')).toEqual([streaming.id]);
    await write({ ...streaming, turn: { ...turn, state: 'done' }, supersededBy: said.id });
    expect(await find('attic')).toEqual([]);
  });

  it('pages through all that is found once', async () => {
    const all = Array.from({ length: 5 }, (_, n) =>
      sampleMessage({ sessionId: chat.id, parts: [{ type: 'text', text: `pomegranate ${n}` }] }),
    );
    for (const message of all) await write(message);
    const first = await store().messages.search({ words: 'pomegran', limit: 3 });
    const second = await store().messages.search({ words: 'pomegran', limit: 3, cursor: first.nextCursor! });
    expect([...first.found, ...second.found].map(({ message }) => message.id)).toEqual(
      all.map(({ id }) => id).reverse(),
    );
    expect(second.nextCursor).toBeUndefined();
  });

  it('finds chats by their titles, as they are now', async () => {
    const titled = async (words: string) =>
      (await store().sessions.list({ words, limit: 5 })).sessions.map(({ id }) => id);
    expect(await titled('zurich rei')).toEqual([chat.id]);
    await store().writer.commit([sessionWrite({ ...chat, title: 'Trip to Lugano' })], 'quick');
    expect(await titled('zurich')).toEqual([]);
    expect(await titled('lugano')).toEqual([chat.id]);
  });
}
