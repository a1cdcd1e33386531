import { beforeAll, expect, it } from 'vitest';
import type { Task } from '../../task/task.ts';
import type { TaskQuery, Unnumbered } from '../ports.ts';
import type { ContractStore } from '../store.contract.ts';
import { endedTask, sampleTask, taskWrite } from './sample-records.ts';

export function searchContract({ store }: ContractStore): void {
  const photos = sampleTask({ title: 'Back up the photos of Zürich', sessionId: 'sess_1' });
  const music = sampleTask({
    title: 'Copy 音楽フォルダ',
    source: { type: 'mcp', server: 'music-box', tool: 'copy_all', args: { to: '/mnt/Backup_2' } },
    parentId: photos.id,
  });
  const report: Unnumbered<Task> = {
    ...endedTask(sampleTask({ title: 'Write the report', source: { type: 'turn' } }), 'failed'),
    result: { preview: 'Backup of Ελλάδα не найден', isError: true, contentRef: 'x' },
  };
  const find = async (words: string, more: Omit<TaskQuery, 'limit' | 'words'> = {}) =>
    (await store().tasks.list({ words, limit: 50, ...more })).tasks.map(({ id }) => id);

  beforeAll(async () => {
    await store().writer.commit(
      [photos, music, report].map((task) => taskWrite(task)),
      'quick',
    );
  });

  it('finds words of title, server, tool, arguments and result, newest first', async () => {
    expect(await find('back')).toEqual([report.id, music.id, photos.id]);
    expect(await find('music')).toEqual([music.id]);
    expect(await find('all')).toEqual([music.id]);
    expect(await find('mnt')).toEqual([music.id]);
    expect(await find('files')).toEqual([photos.id]);
  });

  it('wants every word, takes beginnings, and minds neither case nor accents', async () => {
    expect(await find('PHOTO zuri')).toEqual([photos.id]);
    expect(await find('photo music')).toEqual([]);
    expect(await find('hotos')).toEqual([]);
    for (const beginning of ['z', 'zu', 'zur', 'zuri', 'zurich'])
      expect(await find(beginning)).toEqual([photos.id]);
    expect(await find('zurichs')).toEqual([]);
    expect(await find('ελλαδα НАЙ')).toEqual([report.id]);
    expect(await find('音楽')).toEqual([music.id]);
    expect(await find('フォル')).toEqual([music.id]);
  });

  it('takes blank words for none, and signs alone for nothing to be found', async () => {
    expect(await find('  ')).toEqual([report.id, music.id, photos.id]);
    expect(await find('***')).toEqual([]);
  });

  it('combines with every filter', async () => {
    expect(await find('back', { statuses: ['failed', 'lost'] })).toEqual([report.id]);
    expect(await find('back', { statuses: ['working'] })).toEqual([music.id, photos.id]);
    expect(await find('back', { statuses: ['input_required'] })).toEqual([]);
    expect(await find('back', { source: 'turn' })).toEqual([report.id]);
    expect(await find('back', { server: 'music-box' })).toEqual([music.id]);
    expect(await find('back', { sessionId: 'sess_1', source: 'mcp' })).toEqual([photos.id]);
    expect(await find('back', { parentId: photos.id })).toEqual([music.id]);
  });

  it('pages', async () => {
    const first = await store().tasks.list({ words: 'back', limit: 2 });
    expect(first.tasks.map(({ id }) => id)).toEqual([report.id, music.id]);
    const second = await store().tasks.list({ words: 'back', limit: 2, cursor: first.nextCursor });
    expect(second.tasks.map(({ id }) => id)).toEqual([photos.id]);
    expect(second.nextCursor).toBeUndefined();
  });

  it('knows a result from the end on, and not the words that the end took away', async () => {
    const task = sampleTask({ title: 'Before kumquat' });
    await store().writer.commit([taskWrite(task)], 'quick');
    expect(await find('kumquat')).toEqual([task.id]);
    const ended = endedTask({ ...task, title: 'After' });
    await store().writer.commit(
      [taskWrite({ ...ended, result: { preview: 'persimmon', isError: false, contentRef: 'x' } })],
      'durable',
    );
    expect(await find('persimmon after')).toEqual([task.id]);
    expect(await find('kumquat')).toEqual([]);
    expect(await find('persimmon', { statuses: ['completed'] })).toEqual([task.id]);
    expect(await find('persimmon', { statuses: ['working'] })).toEqual([]);
  });

  const hostile = [
    '"',
    '"back',
    "back'",
    'back*',
    'back AND',
    'NOT back',
    'back OR photos NEAR(',
    'words:back',
    'title:back',
    '^back',
    '{back}',
    'back & !photos',
    "'; drop table tasks; --",
    '\u0000back',
    '\\',
    '%',
    '( ) : | < > & !',
    'status:636f6d706c65746564',
    '\ud800 back',
    'a'.repeat(5_000),
    'x '.repeat(500),
    ':*',
    'back:*',
    '-back',
    '+ - ~',
  ].map((words) => ({ words, shown: JSON.stringify(words.slice(0, 20)) }));
  it.each(hostile)('takes $shown as plain words', async ({ words }) => {
    const { tasks } = await store().tasks.list({ words, limit: 5 });
    expect(Array.isArray(tasks)).toBe(true);
    expect(await find('back zurich')).toEqual([photos.id]);
  });

  it('reads words that mean something to a search engine as words', async () => {
    const task = sampleTask({ title: 'to be or not and near' });
    await store().writer.commit([taskWrite(task)], 'quick');
    for (const words of ['be OR not', 'NOT near', 'be AND']) expect(await find(words)).toEqual([task.id]);
    expect(await find('zurich OR not')).toEqual([]);
  });
}
