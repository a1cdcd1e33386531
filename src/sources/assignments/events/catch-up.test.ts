import { expect, test } from 'vitest';
import type { ResourceContent, ResourceUpdate } from '../../source.ts';
import { catchUp } from './catch-up.ts';

/** Event ids of a page, and the name of the page before it. */
type Page = readonly [ids: string, older?: string];

const contentOf = ([ids, older]: Page): ResourceContent => {
  const events = [...ids].map((id) => ({ id, type: 'x' }));
  return { uri: 'now', json: { events, ...(older && { older }) }, isCut: false, digest: ids };
};

const updateOf = (page: Page): ResourceUpdate => ({
  server: 's',
  uri: 'now',
  reason: 'updated',
  at: '2026-11-26T10:00:00.000Z',
  content: contentOf(page),
});

test.each<[string, Record<string, Page>, string, string, boolean]>([
  ['it is in reach', { now: ['abc', 'p1'] }, 'a', 'bc', false],
  ['it is on the page before', { now: ['ef', 'p1'], p1: ['cd', 'p2'], p2: ['ab', 'p3'] }, 'b', 'cdef', false],
  ['nothing was seen: all is new', { now: ['ef', 'p1'], p1: ['cd', 'p2'], p2: ['ab'] }, '', 'abcdef', false],
  ['nothing is there', { now: [''] }, 'a', '', false],
  ['it is gone', { now: ['ef', 'p1'], p1: ['cd'] }, 'a', 'cdef', true],
  ['there are no pages', { now: ['ef'] }, 'a', 'ef', true],
  ['pages overlap', { now: ['def', 'p1'], p1: ['bcd', 'p2'] }, 'b', 'cdef', false],
  ['pages lead back to themselves', { now: ['ef', 'p1'], p1: ['cd', 'now'] }, 'a', 'cdef', true],
])('%s', async (_what, pages, seen, ids, missed) => {
  const read = async (uri: string) => contentOf(pages[uri] ?? ['']);
  const found = await catchUp(updateOf(pages.now!), new Set(seen), read);
  expect(found.events.map(({ id }) => id).join('')).toBe(ids);
  expect(found.missed).toBe(missed);
});

test('what is no journal is one event', async () => {
  const update = { ...updateOf(['']), content: { uri: 'now', text: 'words', isCut: false, digest: 'd' } };
  const { events } = await catchUp(update, new Set(), () => Promise.reject(new Error('nothing to read')));
  expect(events.map(({ type }) => type)).toEqual(['resource.updated']);
});

test('a page that cannot be read is a fault: nothing is left out in silence', async () => {
  const read = () => Promise.reject(new Error('away'));
  await expect(catchUp(updateOf(['ef', 'p1']), new Set('a'), read)).rejects.toThrow('away');
});
