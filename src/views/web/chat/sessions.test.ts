import { expect, test } from 'vitest';
import type { Session } from '../data/types.ts';
import { foundChats } from './sessions.ts';

const session = (title: string): Session => ({
  id: title,
  seq: 1,
  title,
  kind: 'chat',
  createdAt: '',
  updatedAt: '',
});

test('chats are found by the beginnings of words of their titles, in any order', () => {
  const all = [session('Paint the house'), session('Back up Häuser'), session('House (branch)')];
  const find = (search: string) => foundChats(all, search).map(({ title }) => title);
  expect(find('hou pai')).toEqual(['Paint the house']);
  expect(find('HOUSE')).toEqual(['Paint the house', 'House (branch)']);
  expect(find('häu')).toEqual(['Back up Häuser']);
  expect(find('ouse')).toEqual([]);
  expect(find(' ()')).toHaveLength(3);
});
